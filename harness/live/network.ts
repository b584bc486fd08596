// The link between the legacy app and the service: front tap, fault proxy, back tap. Realisers add and remove toxics here, through
// toxiproxy-node-client, which works with any Toxiproxy-compatible server.
import { type ICreateProxyBody, type Proxy, Toxiproxy } from 'toxiproxy-node-client';
import type { Protocol } from '../formats/protocol.ts';
import { InfrastructureError } from '../platform/errors.ts';
import { formatAddress } from './fault-proxy/address.ts';
import { messageOf } from '../platform/thrown.ts';
import type { ProxyServer } from './infrastructure.ts';
import type { Observatory, TapHandle } from './observers/observatory.ts';

/** A toxic in the form of the proxy's API, without its name. */
export interface LinkToxic {
  readonly type: 'latency' | 'timeout' | 'reset_peer' | 'limit_data';
  readonly stream: 'upstream' | 'downstream';
  readonly attributes: Readonly<Record<string, number>>;
}

/** The link of one slot. */
export interface ServiceLink {
  /** The base URL at which the legacy app reaches the service: the front tap. */
  readonly url: string;
  /** Adds a toxic, which `number` identifies on this link. */
  addToxic(number: number, toxic: LinkToxic): Promise<void>;
  removeToxic(number: number): Promise<void>;
  /** Closing the link ends its connections; until it is opened again, new ones are refused. */
  setOpen(isOpen: boolean): Promise<void>;
  /** Closes all connections, so that the next scenario starts on fresh ones. */
  dropLinks(): Promise<void>;
  close(): Promise<void>;
}

/** Where a link leads, and through which proxy server. */
export interface ServiceLinkOptions {
  readonly slot: number;
  readonly observatory: Observatory;
  readonly proxies: ProxyServer;
  /** The name of the proxy on its server. */
  readonly proxyName: string;
  readonly servicePort: number;
  /** How the taps read the calls. */
  readonly protocol: Protocol;
}

/** Opens a link, from the service's end to the legacy app's, because each part must know the address of the next. */
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
      {
        hint: 'Another run may use the same proxy server and port: wait until it ends, or use --infra embedded.',
        cause,
      },
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
      // The front tap closes its listener too: if it accepted a connection in front of a disabled proxy, "refused" would become "closed".
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
