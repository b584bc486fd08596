// The rig as a user of the legacy app: calls the endpoints that trigger campaigns, recovery and reconciliation.
import { Agent } from 'undici';
import type { UserAnswer } from '../execution/user.ts';
import type { Endpoint } from '../formats/system-description.ts';
import { fillNamed, type NamedValues } from './named-parameters.ts';
import { rigCall } from './rig-call.ts';

/** A client of one legacy app. */
export interface LegacyClient {
  /** Calls an endpoint, with the values in place of its named parameters. A missing answer is data: its status is null. */
  call(endpoint: Endpoint, values: NamedValues): Promise<UserAnswer>;
  close(): Promise<void>;
}

/** Opens a client. Each call opens its own connection, so that a crash between two calls cannot break the later one. */
export function openLegacyClient(port: number): LegacyClient {
  const agent = new Agent({ pipelining: 0, connections: null });
  return {
    call({ method, path, headers, body }, values) {
      const request = {
        method,
        body: body === undefined ? null : fillNamed(body, values),
        headers: Object.fromEntries(
          Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), fillNamed(value, values)]),
        ),
      };
      return rigCall(`http://127.0.0.1:${port}${fillNamed(path, values)}`, request, agent);
    },
    close: () => agent.close(),
  };
}
