// The door of a provider stub for what was meant for the world: as a proxy it lets connections to the hosts of its APIs end here, and refuses
// all others.
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { Serving } from '../egress/authority.ts';

/** What a door needs. */
export interface DoorParts {
  readonly server: Server;
  /** The hosts that are served here. */
  readonly hosts: readonly string[];
  /** By what they are served; without it none is. */
  readonly serving: Serving | undefined;
  /** Hears of each host and port that was asked for in vain. */
  onRefused(target: string): void;
}

/** Lets the server be a proxy. */
export function openDoor({ server, hosts, serving, onRefused }: DoorParts): void {
  server.on('connect', (request: IncomingMessage, duplex: Duplex, head: Buffer) => {
    const target = request.url ?? '';
    // A client that leaves early must not end the observatory.
    duplex.on('error', () => undefined);
    if (serving === undefined || !hosts.includes(hostOf(target)) || !(duplex instanceof Socket)) {
      onRefused(target);
      duplex.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    duplex.setNoDelay(true);
    duplex.write('HTTP/1.1 200 Connection Established\r\n\r\n');
    if (head.length > 0) duplex.unshift(head);
    server.emit('connection', securely(duplex, serving));
  });
}

/** The host of `host:port`, as a description names it. */
export function hostOf(target: string): string {
  return target.replace(/:\d+$/, '').toLowerCase();
}

function securely(socket: Socket, serving: Serving): TLSSocket {
  const secure = new TLSSocket(socket, { isServer: true, ...serving });
  secure.on('error', () => undefined);
  // One within TLS cannot be reset by itself.
  return Object.assign(secure, {
    resetAndDestroy: () => {
      socket.resetAndDestroy();
      return secure;
    },
  });
}
