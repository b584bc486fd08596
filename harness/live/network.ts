// The link between the legacy app and the service: front tap, fault proxy, back tap. Realisers turn toxics on and off here,
// through toxiproxy-node-client, whichever Toxiproxy-compatible server stands behind it.
import { type ICreateProxyBody, type Proxy, Toxiproxy } from 'toxiproxy-node-client';
import type { Protocol } from '../formats/protocol.ts';
import { InfrastructureError } from '../platform/errors.ts';
import { formatAddress } from './fault-proxy/address.ts';
import { messageOf } from '../platform/thrown.ts';
import type { ProxyServer } from './infrastructure.ts';
import type { Observatory, TapHandle } from './observers/observatory.ts';

/** A toxic as the proxy's API takes it, without its name. */
export interface LinkToxic {
  readonly type: 'latency' | 'timeout' | 'reset_peer' | 'limit_data';
  readonly stream: 'upstream' | 'downstream';
  readonly attributes: Readonly<Record<string, number>>;
}

/** One link, used by one slot. */
export interface ServiceLink {
  /** Where the legacy app finds the service. */
  readonly url: string;
  /** Turns a toxic on; the number names it. */
  addToxic(number: number, toxic: LinkToxic): Promise<void>;
  removeToxic(number: number): Promise<void>;
  /** While the link is closed, connecting is refused and nothing that was under way goes on. */
  setOpen(isOpen: boolean): Promise<void>;
  /** Ends all connections, so that the next scenario starts on fresh ones. */
  dropLinks(): Promise<void>;
  close(): Promise<void>;
}

/** Where a link leads and by which proxy server. */
export interface ServiceLinkOptions {
  readonly slot: number;
  readonly observatory: Observatory;
  readonly proxies: ProxyServer;
  /** What the proxy is called on its server. */
  readonly proxyName: string;
  readonly servicePort: number;
  /** What the taps read the calls by. */
  readonly protocol: Protocol;
}

/** Builds a link from the service's end to the legacy app's. */
export async function openServiceLink(options: ServiceLinkOptions): Promise<ServiceLink> {
  const { observatory, slot, proxies, protocol } = options;
  const back = await observatory.openTap({
    name: 'back',
    slot,
    listenHost: proxies.backTapHost,
    targetHost: '127.0.0.1',
    targetPort: options.servicePort,
    protocol,
  });
  const proxy = await createProxy(proxies, {
    name: options.proxyName,
    listen: await proxies.listenAddress(slot),
    upstream: formatAddress({ host: proxies.upstreamHost, port: back.port }),
  });
  const { host: targetHost, port: targetPort } = proxies.reach(proxy.listen);
  const front = await observatory.openTap({ name: 'front', slot, targetHost, targetPort, protocol });
  return serviceLink({ front, back, proxy });
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

function serviceLink(parts: { front: TapHandle; back: TapHandle; proxy: Proxy }): ServiceLink {
  const { front, back, proxy } = parts;
  const identity = { listen: proxy.listen, upstream: proxy.upstream };
  return {
    url: `http://127.0.0.1:${front.port}`,
    async addToxic(number, toxic) {
      await proxy.addToxic<object>({ name: toxicName(number), toxicity: 1, ...toxic });
    },
    async removeToxic(number) {
      const applied = await proxy.getToxic(toxicName(number));
      await applied.remove();
    },
    async setOpen(isOpen) {
      // The tap closes its own listener too: in front of a disabled proxy an accepting tap would turn "refused" into "closed".
      if (!isOpen) await front.setListening(false);
      await proxy.update({ ...identity, enabled: isOpen });
      if (isOpen) await front.setListening(true);
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

function toxicName(number: number): string {
  return `fault-${number}`;
}
