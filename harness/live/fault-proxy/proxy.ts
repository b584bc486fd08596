// One proxy: a port whose connections are relayed to an upstream, with its toxics and its live links.
import type { Socket } from 'node:net';
import { formatAddress, parseAddress, resolveHost, type HostPort } from './address.ts';
import { Link } from './link.ts';
import { listen, type Listener } from './listener.ts';
import type { ProxyMetrics } from './metrics.ts';
import { ToxicChains } from './toxic-chains.ts';

/** The addresses of a proxy, as `host:port`. */
export interface ProxyAddresses {
  readonly listen: string;
  readonly upstream: string;
}

/** A proxy of the API. Its methods must not overlap: the API makes one change at a time. */
export class FaultyProxy {
  readonly name: string;
  readonly toxics: ToxicChains;
  readonly #links = new Set<Link>();
  readonly #metrics: ProxyMetrics | undefined;
  #listen: string;
  #upstream: string;
  #listener: Listener | undefined;

  constructor(input: ProxyAddresses & { readonly name: string }, metrics: ProxyMetrics | undefined) {
    this.name = input.name;
    this.#listen = input.listen;
    this.#upstream = input.upstream;
    this.#metrics = metrics;
    this.toxics = new ToxicChains(this.#links);
  }

  /** The address on which it listens: the given one while it is disabled, the actual one while it is enabled. */
  get listen(): string {
    return this.#listen;
  }

  get upstream(): string {
    return this.#upstream;
  }

  get enabled(): boolean {
    return this.#listener !== undefined;
  }

  /** Opens the port, unless it is open. If that fails, it throws and the proxy stays disabled. */
  async start(): Promise<void> {
    if (this.#listener !== undefined) return;
    this.#listener = await listen(this.#listen, (socket) => this.#accept(socket));
    this.#listen = this.#listener.address;
  }

  /** Closes the port and destroys every link; toxics stay. */
  async stop(): Promise<void> {
    const closed = this.#listener?.close();
    this.#listener = undefined;
    for (const link of this.#links) link.destroy();
    await closed;
  }

  /** Changes the addresses, and starts or stops the proxy. If `listen` is no address, it throws and changes nothing. */
  async update(input: ProxyAddresses & { readonly enabled: boolean }): Promise<void> {
    if (await this.differsFrom(input)) {
      await this.stop();
      this.#listen = input.listen;
      this.#upstream = input.upstream;
    }
    if (input.enabled) await this.start();
    else await this.stop();
  }

  /** Whether these addresses, resolved, differ from the current ones. */
  async differsFrom(input: ProxyAddresses): Promise<boolean> {
    const resolved = formatAddress(await resolveHost(parseAddress(input.listen)));
    return this.#listen !== resolved || this.#upstream !== input.upstream;
  }

  #accept(client: Socket): void {
    const upstream = this.#dialTarget();
    if (upstream === undefined || !this.enabled) {
      client.on('error', () => undefined);
      client.destroy();
      return;
    }
    const labels = { proxy: this.name, listener: this.#listen, upstream: this.#upstream };
    this.#links.add(
      new Link({
        client,
        upstream,
        toxics: (direction) => this.toxics.of(direction),
        onClosed: (link) => {
          this.#links.delete(link);
          this.#metrics?.record(labels, link);
        },
      }),
    );
  }

  #dialTarget(): HostPort | undefined {
    try {
      const { host, port } = parseAddress(this.#upstream);
      return { host: host === '' ? 'localhost' : host, port };
    } catch {
      // An upstream is checked only when a client connects. Without a valid address every client is closed.
      return undefined;
    }
  }
}
