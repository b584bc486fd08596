// What can be seen of connections from their two ends, as plain data, for the cases of the conformance suite.
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

/** How an end stands: how the other side left, if it has, and what it received; long texts as their length and digest. */
export async function seen(end: Recorded): Promise<{ farewell: string; text: string }> {
  const farewell = await Promise.race([end.farewell, sleep(0, 'open')]);
  const { bytes } = end;
  if (bytes.length <= 200) return { farewell, text: bytes.toString() };
  return { farewell, text: `${String(bytes.length)} bytes ${createHash('sha256').update(bytes).digest('hex')}` };
}

/** How both ends stand once both have been left. */
export async function bothLeft({ client, server }: Ends) {
  await Promise.all([client.farewell, server.farewell]);
  return { client: await seen(client), server: await seen(server) };
}

/** How both ends stand now. */
export async function bothNow({ client, server }: Ends) {
  return { client: await seen(client), server: await seen(server) };
}

/** Adds a toxic to the wire. */
export function toxic(peers: Peers, spec: ToxicSpec) {
  return addToxic(peers.wire, spec);
}

/** What comes of dialling a proxy. */
export async function dialled(proxy: Proxy): Promise<string> {
  const socket = connect({ port: portOf(proxy.listen), host: '127.0.0.1' });
  socket.resume();
  const outcome = once(socket, 'connect').then(
    () => 'connected',
    (error: unknown) => codeOf(error),
  );
  return outcome.finally(() => socket.destroy());
}

/** Enables or disables the wire. */
export async function setEnabled(wire: Proxy, enabled: boolean): Promise<Proxy> {
  return wire.update({ enabled, listen: wire.listen, upstream: wire.upstream });
}
