// One reusable connection to one origin. undici's pool hides which socket carries a request, and so how many bytes of the answer have
// arrived; with one undici client per connection both are known.
import type { Socket } from 'node:net';
import { buildConnector, Client } from 'undici';

/** A connection that carries one request at a time. It connects when the first request is dispatched. */
export interface HttpConnection {
  readonly client: Client;
  /** Bytes received on the current socket; 0 before it connects. */
  bytesRead(): number;
  /** Ends the socket at once, even while it connects. */
  destroy(): void;
}

/** Prepares a connection. The caller applies all time limits, because those of undici are coarse. */
export function createConnection(origin: string): HttpConnection {
  const connect = buildConnector({ timeout: 0 });
  let socket: Socket | undefined;
  const client = new Client(origin, {
    pipelining: 1,
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: (options, callback) => {
      // The connector returns the socket that it connects, but its declared type does not say so.
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
