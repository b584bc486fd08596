// The road between the legacy app and the service: front tap, fault proxy, back tap. The nemesis turns its faults on and off here,
// through toxiproxy-node-client, whichever Toxiproxy-compatible server stands behind it.
import { type ICreateProxyBody, type Proxy, Toxiproxy } from 'toxiproxy-node-client';
import { InfrastructureError } from '../platform/errors.ts';
import type { Fault } from '../formats/fault.ts';
import { formatAddress } from './fault-proxy/address.ts';
import { messageOf } from './fault-proxy/thrown.ts';
import type { ProxyServer } from './infrastructure.ts';
import type { Observatory, TapHandle } from './observers/observatory.ts';

/** A fault of the network, as far as a proxy can realise it. */
export type NetworkFault = Extract<Fault, { kind: 'latency' | 'blackhole' | 'reset' | 'cut' | 'refuse' }>;

/** One road, used by one slot. */
export interface Road {
  /** Where the legacy app finds the service. */
  readonly url: string;
  apply(fault: NetworkFault, index: number): Promise<void>;
  heal(fault: NetworkFault, index: number): Promise<void>;
  /** Ends all connections, so that the next scenario starts on fresh ones. */
  dropLinks(): Promise<void>;
  close(): Promise<void>;
}

/** Where a road leads and by which proxy server. */
export interface RoadOptions {
  readonly slot: number;
  readonly observatory: Observatory;
  readonly proxies: ProxyServer;
  /** What the proxy is called on its server. */
  readonly proxyName: string;
  readonly servicePort: number;
}

/** Builds a road from the service's end to the legacy app's. */
export async function openRoad(options: RoadOptions): Promise<Road> {
  const { observatory, slot, proxies } = options;
  const back = await observatory.openTap({
    name: 'back',
    slot,
    listenHost: proxies.backTapHost,
    targetHost: '127.0.0.1',
    targetPort: options.servicePort,
  });
  const proxy = await createProxy(proxies, {
    name: options.proxyName,
    listen: proxies.listenAddress(slot),
    upstream: formatAddress({ host: proxies.upstreamHost, port: back.port }),
  });
  const { host: targetHost, port: targetPort } = proxies.reach(proxy.listen);
  const front = await observatory.openTap({ name: 'front', slot, targetHost, targetPort });
  return road({ front, back, proxy });
}

async function createProxy({ apiUrl }: ProxyServer, proxy: ICreateProxyBody): Promise<Proxy> {
  try {
    return await new Toxiproxy(apiUrl).createProxy(proxy);
  } catch (cause) {
    throw new InfrastructureError(
      `expected a proxy that listens on ${proxy.listen}, received from ${apiUrl}: ${messageOf(cause)}`,
      { hint: 'Another run may use the same proxy server and port: let it end, or use --infra embedded.', cause },
    );
  }
}

function road(parts: { front: TapHandle; back: TapHandle; proxy: Proxy }): Road {
  const { front, back, proxy } = parts;
  const identity = { listen: proxy.listen, upstream: proxy.upstream };
  return {
    url: `http://127.0.0.1:${front.port}`,
    async apply(fault, index) {
      if (fault.kind !== 'refuse') {
        await proxy.addToxic<object>({ name: toxicName(index), toxicity: 1, stream: fault.stream, ...toxic(fault) });
        return;
      }
      // The tap closes its own listener too: in front of a disabled proxy an accepting tap would turn "refused" into "closed".
      await front.setListening(false);
      await proxy.update({ ...identity, enabled: false });
    },
    async heal(fault, index) {
      if (fault.kind === 'refuse') {
        await proxy.update({ ...identity, enabled: true });
        await front.setListening(true);
        return;
      }
      const applied = await proxy.getToxic(toxicName(index));
      await applied.remove();
    },
    async dropLinks() {
      await Promise.all([front.dropLinks(), back.dropLinks()]);
    },
    async close() {
      await proxy.remove();
      await Promise.all([front.close(), back.close()]);
    },
  };
}

function toxicName(index: number): string {
  return `fault-${index}`;
}

function toxic(fault: Exclude<NetworkFault, { kind: 'refuse' }>) {
  switch (fault.kind) {
    case 'latency':
      return { type: 'latency', attributes: { latency: fault.latencyMs, jitter: fault.jitterMs } } as const;
    case 'blackhole':
      // A timeout of 0 drops data for ever without closing.
      return { type: 'timeout', attributes: { timeout: 0 } } as const;
    case 'reset':
      return { type: 'reset_peer', attributes: { timeout: 0 } } as const;
    case 'cut':
      return { type: 'limit_data', attributes: { bytes: fault.bytes } } as const;
  }
}
