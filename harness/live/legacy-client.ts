// The rig as a user of the legacy app: it triggers campaigns and asks for recovery and reconciliation. Every answer, and none, is data.
import { Agent, request } from 'undici';
import { USER_PATIENCE_MS, type UserAnswer } from '../execution/user.ts';
import type { Endpoint } from '../formats/system-description.ts';
import { fillNamed, type NamedValues } from './named-parameters.ts';
import { rigMicros } from './observers/clock.ts';

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
          headers: { 'content-type': 'application/json', ...endpoint.headers },
          signal: AbortSignal.timeout(USER_PATIENCE_MS),
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
