// One HTTP call of the rig itself to a process of the system.
import { type Dispatcher, request } from 'undici';
import { USER_PATIENCE_MS, type UserAnswer } from '../execution/user.ts';
import { rigMicros } from './observers/clock.ts';

/** A request of the rig. Its content type is JSON unless `headers` say otherwise. */
export interface RigRequest {
  readonly method: Dispatcher.HttpMethod;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string | null;
}

/** Makes the call. It never throws for a failed call: without an answer within `USER_PATIENCE_MS` the status is null. */
export async function rigCall(
  url: string,
  { method, headers, body }: RigRequest,
  dispatcher: Dispatcher,
): Promise<UserAnswer> {
  const startedMicros = rigMicros();
  try {
    const answer = await request(url, {
      dispatcher,
      method,
      body,
      headers: { 'content-type': 'application/json', ...headers },
      signal: AbortSignal.timeout(USER_PATIENCE_MS),
    });
    const text = await answer.body.text();
    return { status: answer.statusCode, body: text, startedMicros, endedMicros: rigMicros() };
  } catch {
    return { status: null, body: '', startedMicros, endedMicros: rigMicros() };
  }
}
