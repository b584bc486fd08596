// The rig as a user of the legacy app: triggers, recovery, reconciliation. Whatever the app answers, or not, is data.
import { Agent, request } from 'undici';
import { fillNamed, type NamedValues } from './named-parameters.ts';
import { rigMicros } from './observers/clock.ts';

/** How long a user waits for an answer. Longer than any answer a working app can take. */
const PATIENCE_MS = 15_000;

/** What the rig's own request to the legacy app came to. */
export interface UserAnswer {
  readonly status: number | null;
  readonly body: string;
  readonly startedMicros: number;
  readonly endedMicros: number;
}

/** An endpoint of a system description. */
export interface Endpoint {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: string;
}

/** A client of one legacy app. */
export interface LegacyClient {
  call(endpoint: Endpoint, values: NamedValues): Promise<UserAnswer>;
  close(): Promise<void>;
}

/** Opens a client; every call has a connection of its own, so that a crash between two calls cannot spoil the later one. */
export function openLegacyClient(port: number): LegacyClient {
  const agent = new Agent({ pipelining: 0, connections: null });
  return {
    async call(endpoint, values) {
      const startedMicros = rigMicros();
      try {
        const answer = await request(`http://127.0.0.1:${port}${fillNamed(endpoint.path, values)}`, {
          dispatcher: agent,
          method: endpoint.method,
          body: endpoint.body === undefined ? null : fillNamed(endpoint.body, values),
          headers: { 'content-type': 'application/json' },
          signal: AbortSignal.timeout(PATIENCE_MS),
        });
        const body = await answer.body.text();
        return { status: answer.statusCode, body, startedMicros, endedMicros: rigMicros() };
      } catch {
        return { status: null, body: '', startedMicros, endedMicros: rigMicros() };
      }
    },
    close: () => agent.close(),
  };
}
