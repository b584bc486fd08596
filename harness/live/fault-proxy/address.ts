// Parses, resolves and prints "host:port" addresses as Toxiproxy does, with the same errors.
import { lookup } from 'node:dns/promises';
import { SocketAddress, isIP, isIPv6 } from 'node:net';

/** A parsed address. An empty host means all interfaces for a listener, and this machine for a connect. */
export interface HostPort {
  readonly host: string;
  readonly port: number;
}

/** Splits `host:port`, with brackets around IPv6. Throws an Error with Toxiproxy's message. */
export function parseAddress(text: string): HostPort {
  if (text === '') return { host: '', port: 0 };
  const bracketed = /^\[([^[\]]*)\]:([^:[\]]*)$/.exec(text);
  const plain = /^([^:[\]]*):([^:[\]]*)$/.exec(text);
  const [, host, port] = bracketed ?? plain ?? [];
  if (host === undefined || port === undefined) throw new Error(`address ${text}: ${whatIsWrong(text)}`);
  return { host, port: parsePort(port) };
}

function whatIsWrong(text: string): string {
  if (!text.includes(':')) return 'missing port in address';
  if (text.startsWith('[')) {
    const closing = text.indexOf(']');
    if (closing === -1) return "missing ']' in address";
    if (text[closing + 1] !== ':') return 'missing port in address';
  }
  return /[[\]]/.test(text) ? 'unexpected bracket in address' : 'too many colons in address';
}

function parsePort(text: string): number {
  if (text === '') return 0;
  if (!/^[+-]?\d+$/.test(text)) throw new Error(`lookup tcp/${text}: unknown port`);
  const port = Number(text);
  if (port < 0 || port > 65_535) throw new Error(`address ${text}: invalid port`);
  return port;
}

/** Resolves a host name to an IP address, IPv4 first. An address is returned in its canonical form, an empty host unchanged. */
export async function resolveHost({ host, port }: HostPort): Promise<HostPort> {
  if (host === '') return { host, port };
  if (isIP(host) !== 0) return { host: canonical(host), port };
  try {
    const { address } = await lookup(host, { order: 'ipv4first' });
    return { host: canonical(address), port };
  } catch (cause) {
    throw new Error(`lookup ${host}: no such host`, { cause });
  }
}

function canonical(host: string): string {
  return isIPv6(host) ? new SocketAddress({ address: host, family: 'ipv6' }).address : host;
}

/** Prints an address, with brackets around IPv6. */
export function formatAddress({ host, port }: HostPort): string {
  return host.includes(':') ? `[${host}]:${String(port)}` : `${host}:${String(port)}`;
}
