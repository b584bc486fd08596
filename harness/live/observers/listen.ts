// Starts a listener where the rig has decided that it stands.
import type { Server } from 'node:net';
import { InfrastructureError } from '../../platform/errors.ts';

/** Listens on `port` of `host`; an InfrastructureError says which port it was that cannot be had. */
export async function listen(server: Server, { host, port }: { host: string; port: number }): Promise<void> {
  await new Promise<void>((done, fail) => {
    server.once('error', (cause) => {
      const message = `expected to listen on ${host}:${port}, received: ${cause.message}`;
      fail(new InfrastructureError(message, { hint: `End the program that holds port ${port}.`, cause }));
    });
    server.listen({ host, port, exclusive: true }, done);
  });
}
