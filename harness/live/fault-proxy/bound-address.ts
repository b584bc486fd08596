// The actual address of a listening server.
import { strict as assert } from 'node:assert';
import type { Server } from 'node:net';
import type { HostPort } from './address.ts';

/** Host and port of a TCP server that listens. */
export function boundAddress(server: Server): HostPort {
  const bound = server.address();
  assert(typeof bound === 'object' && bound !== null, 'a listening TCP server has an address');
  return { host: bound.address, port: bound.port };
}
