// One reusable connection to one origin. The pool of undici hides which socket a request went out on, and with it how many bytes of
// the answer came back; a client per connection shows both.
import type { Socket } from 'node:net';
import { buildConnector, Client } from 'undici';

/** A connection that carries one request at a time. It connects when the first request is dispatched. */
export interface HttpConnection {
  readonly client: Client;
  /** Bytes received on the present socket. */
  bytesRead(): number;
  /** Ends the socket at once, also one that is still connecting. */
  destroy(): void;
}

/** Prepares a connection. All time bounds are the caller's, because those of undici are coarse. */
export function createConnection(origin: string): HttpConnection {
  const connect = buildConnector({ timeout: 0 });
  let socket: Socket | undefined;
  const client = new Client(origin, {
    pipelining: 1,
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: (options, callback) => {
      // The declared type hides that the connector answers the socket it is connecting.
      socket = connect(options, callback) as unknown as Socket;
    },
  });
  return {
    client,
    bytesRead: () => socket?.bytesRead ?? 0,
    destroy() {
      socket?.destroy();
      void client.destroy();
    },
  };
}
