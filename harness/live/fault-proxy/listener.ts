// The listening socket of a proxy.
import { createServer, type Server, type Socket } from 'node:net';
import { formatAddress, parseAddress, resolveHost, type HostPort } from './address.ts';
import { boundAddress } from './bound-address.ts';
import { codeOf, messageOf } from '../../platform/thrown.ts';

const BACKLOG = 4096;
const WILDCARDS: ReadonlySet<string> = new Set(['', '0.0.0.0', '::']);
const BIND_FAILURES: Readonly<Record<string, string>> = {
  EADDRINUSE: 'bind: address already in use',
  EACCES: 'bind: permission denied',
  EADDRNOTAVAIL: 'bind: cannot assign requested address',
  EMFILE: 'socket: too many open files',
};

/** The open port of a proxy. */
export interface Listener {
  /** The actual `host:port`, also if the proxy was given port 0. */
  readonly address: string;
  /** Stops accepting immediately; resolves when the accepted sockets are closed too. */
  close(): Promise<void>;
}

/** Listens on a "host:port" address. Accepted sockets are paused, can stay half-open, and do not use Nagle's algorithm. */
export async function listen(text: string, onSocket: (socket: Socket) => void): Promise<Listener> {
  const target = await resolveTarget(text);
  const server = createServer({ allowHalfOpen: true, noDelay: true, pauseOnConnect: true }, onSocket);
  try {
    await bind(server, target);
  } catch (cause) {
    const reason = BIND_FAILURES[codeOf(cause)] ?? `bind: ${messageOf(cause)}`;
    throw new Error(`listen tcp ${formatAddress(target)}: ${reason}`, { cause });
  }
  // A failed accept, for example without free file descriptors, affects that client only.
  server.on('error', () => undefined);
  return {
    address: formatAddress(boundAddress(server)),
    close: () => new Promise((resolve) => void server.close(() => resolve())),
  };
}

async function resolveTarget(text: string): Promise<HostPort> {
  try {
    return await resolveHost(parseAddress(text));
  } catch (cause) {
    throw new Error(`listen tcp: ${messageOf(cause)}`, { cause });
  }
}

async function bind(server: Server, { host, port }: HostPort): Promise<void> {
  if (!WILDCARDS.has(host)) return tryBind(server, { host, port });
  try {
    // Every wildcard means both IPv6 and IPv4, if the machine has both.
    await tryBind(server, { host: '::', port });
  } catch (error) {
    if (!['EAFNOSUPPORT', 'EADDRNOTAVAIL'].includes(codeOf(error))) throw error;
    await tryBind(server, { host: '0.0.0.0', port });
  }
}

function tryBind(server: Server, { host, port }: HostPort): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port, backlog: BACKLOG, exclusive: true }, () => {
      server.off('error', reject);
      resolve();
    });
  });
}
