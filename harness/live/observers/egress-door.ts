// Makes a provider stub an HTTP proxy: requests to the hosts of its APIs are served by the stub itself, and all others are refused, so that
// nothing leaves the rig.
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { TlsIdentity } from '../egress/authority.ts';

/** What a door is made of. */
export interface DoorParts {
  /** The hosts that the stub serves. */
  readonly hosts: readonly string[];
  /** The TLS identity for these hosts; without it the door refuses every host. */
  readonly serving: TlsIdentity | undefined;
  /** Called with each host and port that was refused. */
  onRefused(target: string): void;
  /** Called with each host whose client does not trust the authority. */
  onDistrusted(host: string): void;
}

/** The TLS alerts of a client that does not trust the authority. */
const DISTRUST = /ALERT_(?:UNKNOWN_CA|BAD_CERTIFICATE|CERTIFICATE_UNKNOWN)$/;

/** The port of HTTP without TLS. */
const PLAIN_PORT = '80';

/** The proxy part of a provider stub. */
export class EgressDoor {
  readonly #parts: DoorParts;

  constructor(parts: DoorParts) {
    this.#parts = parts;
  }

  /** Makes the server handle CONNECT requests. */
  openIn(server: Server): void {
    server.on('connect', (request: IncomingMessage, duplex: Duplex, head: Buffer) => {
      // A client that leaves early must not end the observatory.
      duplex.on('error', () => undefined);
      const { serving } = this.#parts;
      const target = request.url ?? '';
      if (!this.#admits(target) || serving === undefined || !(duplex instanceof Socket)) {
        duplex.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n');
        return;
      }
      duplex.setNoDelay(true);
      duplex.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      if (head.length > 0) duplex.unshift(head);
      server.emit('connection', portOf(target) === PLAIN_PORT ? duplex : this.#securely(duplex, target, serving));
    });
  }

  /** The path and query of a request target, which is a whole URL if the client uses a proxy; undefined if the host is refused. */
  pathOf(target: string): string | undefined {
    if (!/^https?:/i.test(target) || !URL.canParse(target)) return target;
    const { hostname, port, pathname, search } = new URL(target);
    return this.#admits(`${hostname}:${port === '' ? PLAIN_PORT : port}`) ? `${pathname}${search}` : undefined;
  }

  #securely(socket: Socket, target: string, serving: TlsIdentity): TLSSocket {
    const secure = new TLSSocket(socket, { isServer: true, ...serving });
    secure.on('error', ({ code = '' }: NodeJS.ErrnoException) => {
      if (DISTRUST.test(code)) this.#parts.onDistrusted(hostOf(target));
    });
    // A TLS socket cannot send a TCP reset: reset the socket under it.
    return Object.assign(secure, {
      resetAndDestroy: () => {
        socket.resetAndDestroy();
        return secure;
      },
    });
  }

  #admits(target: string): boolean {
    const { hosts, serving, onRefused } = this.#parts;
    if (serving !== undefined && hosts.includes(hostOf(target))) return true;
    onRefused(target);
    return false;
  }
}

/** The host of `host:port`, as a description names it. */
export function hostOf(target: string): string {
  return target.replace(/:\d+$/, '').toLowerCase();
}

function portOf(target: string): string {
  return /:(\d+)$/.exec(target)?.[1] ?? '';
}
