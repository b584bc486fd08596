// Describes what the two ends of a connection see, as plain data, for the cases of the conformance suite.
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Proxy } from 'toxiproxy-node-client';
import { addToxic, portOf, type Ends, type Peers, type Recorded, type ToxicSpec } from '../peers.fixture.ts';
import type { Direction } from '../toxic.ts';
import { codeOf } from '../../../platform/thrown.ts';

/** Both directions. */
export const DIRECTIONS: readonly Direction[] = ['upstream', 'downstream'];

/** The sending and the receiving end of one direction. */
export function along({ client, server }: Ends, stream: Direction): { from: Recorded; to: Recorded } {
  return stream === 'upstream' ? { from: client, to: server } : { from: server, to: client };
}

/** What an end sees: how the other side ended the connection (`open`: not yet), and the received text; a long one as length and digest. */
export async function seen(end: Recorded): Promise<{ ending: string; text: string }> {
  const ending = await Promise.race([end.ending, sleep(0, 'open')]);
  const { bytes } = end;
  if (bytes.length <= 200) return { ending, text: bytes.toString() };
  return { ending, text: `${String(bytes.length)} bytes ${createHash('sha256').update(bytes).digest('hex')}` };
}

/** What both ends see after the connection has ended for both. */
export async function bothEnded({ client, server }: Ends) {
  await Promise.all([client.ending, server.ending]);
  return { client: await seen(client), server: await seen(server) };
}

/** What both ends see now. */
export async function bothNow({ client, server }: Ends) {
  return { client: await seen(client), server: await seen(server) };
}

/** Adds a toxic to the proxy `wire`. */
export function toxic(peers: Peers, spec: ToxicSpec) {
  return addToxic(peers.wire, spec);
}

/** The result of a connect to a proxy: `connected`, or an error code. */
export async function dialled(proxy: Proxy): Promise<string> {
  const socket = connect({ port: portOf(proxy.listen), host: '127.0.0.1' });
  socket.resume();
  const outcome = once(socket, 'connect').then(
    () => 'connected',
    (error: unknown) => codeOf(error),
  );
  return outcome.finally(() => socket.destroy());
}

/** Enables or disables the proxy. */
export async function setEnabled(wire: Proxy, enabled: boolean): Promise<Proxy> {
  return wire.update({ enabled, listen: wire.listen, upstream: wire.upstream });
}
