// A Toxiproxy server that the rig did not start, on this machine or on another: how it and the rig reach each other.
import { connect } from 'node:net';
import { Toxiproxy } from 'toxiproxy-node-client';
import { z } from 'zod';
import { InfrastructureError } from '../../platform/errors.ts';
import { formatAddress, parseAddress } from '../fault-proxy/address.ts';
import type { ProxyServer } from '../infrastructure.ts';
import type { ExternalSettings } from './settings.ts';

const LOOPBACK = '127.0.0.1';
const CONNECT_MS_MAX = 10_000;
const versionSchema = z.object({ version: z.string() });

/** An external proxy server, and its version. */
export interface AdoptedProxyServer extends ProxyServer {
  readonly version: string;
}

/** Checks the server before anything is made on it. Throws an InfrastructureError when it has too few ports or does not answer. */
export async function adoptProxyServer(settings: ExternalSettings, slots: number): Promise<AdoptedProxyServer> {
  const api = new URL(settings.toxiproxyUrl);
  const apiUrl = settings.toxiproxyUrl.replace(/\/+$/, '');
  const apiHost = api.hostname.replace(/^\[|\]$/g, '');
  assertEnoughPorts(settings, slots);
  const version = await readVersion(apiUrl);
  const nearHost = await localAddressTowards(apiHost, Number(api.port || (api.protocol === 'https:' ? 443 : 80)));
  const isHere = nearHost === LOOPBACK;
  const backTapHost = settings.backTapHost ?? nearHost;
  const listenHost = settings.toxiproxyListenHost ?? (isHere ? LOOPBACK : '0.0.0.0');
  const reachedAt = settings.toxiproxyHost ?? (isHere ? LOOPBACK : apiHost);
  return {
    apiUrl,
    version,
    backTapHost,
    upstreamHost: settings.upstreamHost ?? backTapHost,
    listenAddress(slot) {
      const port = settings.toxiproxyPorts === undefined ? 0 : settings.toxiproxyPorts.first + slot - 1;
      return formatAddress({ host: listenHost, port });
    },
    reach: (listening) => ({ host: reachedAt, port: parseAddress(listening).port }),
  };
}

function assertEnoughPorts({ toxiproxyPorts: ports }: ExternalSettings, slots: number): void {
  if (ports === undefined || ports.last - ports.first + 1 >= slots) return;
  throw new InfrastructureError(
    `expected ${slots} ports for ${slots} slots, ONESEND_TOXIPROXY_PORTS has ${ports.last - ports.first + 1}`,
    { hint: 'Widen the range, or ask for fewer slots (--slots).' },
  );
}

async function readVersion(apiUrl: string): Promise<string> {
  try {
    return versionSchema.parse(JSON.parse(await new Toxiproxy(apiUrl).getVersion())).version;
  } catch (cause) {
    throw unreachable(apiUrl, cause);
  }
}

/** The local address of a connection to a host. The host can reach this machine there, so nothing needs to listen on all addresses. */
async function localAddressTowards(host: string, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, timeout: CONNECT_MS_MAX });
    socket.once('connect', () => {
      const address = socket.localAddress ?? LOOPBACK;
      socket.destroy();
      resolve(address === '::1' ? LOOPBACK : address.replace(/^::ffff:/, ''));
    });
    socket.once('timeout', () => socket.destroy(new Error(`no connection within ${CONNECT_MS_MAX} ms`)));
    socket.once('error', (cause) => reject(unreachable(formatAddress({ host, port }), cause)));
  });
}

function unreachable(where: string, cause: unknown): InfrastructureError {
  // The error of fetch says only that it failed; the cause of the error says why.
  const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
  const reason = inner instanceof Error ? inner.message || inner.name : String(inner);
  return new InfrastructureError(`expected a Toxiproxy server at ${where}, received: ${reason}`, {
    hint: 'Check ONESEND_TOXIPROXY_URL, or use --infra embedded.',
    cause,
  });
}
