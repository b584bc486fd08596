// Starts a listener at an address that the rig has chosen.
import type { Server } from 'node:net';
import { InfrastructureError } from '../../platform/errors.ts';

/** Listens on `port` of `host`. Throws an InfrastructureError that names the port if it cannot be used. */
export async function listen(server: Server, { host, port }: { host: string; port: number }): Promise<void> {
  await new Promise<void>((done, fail) => {
    server.once('error', (cause) => {
      const message = `expected to listen on ${host}:${port}, received: ${cause.message}`;
      fail(new InfrastructureError(message, { hint: `End the program that holds port ${port}.`, cause }));
    });
    server.listen({ host, port, exclusive: true }, done);
  });
}
