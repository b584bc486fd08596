// All proxies of a server, by name.
import { ApiError } from './api-error.ts';
import type { ProxyMetrics } from './metrics.ts';
import { FaultyProxy } from './proxy.ts';

/** The fields of a proxy to create. */
export interface ProxyInput {
  readonly name: string;
  readonly listen: string;
  readonly upstream: string;
  readonly enabled: boolean;
}

/** The result of a populate request. */
export interface Populated {
  /** The proxies up to the first one that failed. */
  readonly proxies: readonly FaultyProxy[];
  /** The error of that one; undefined if none failed. */
  readonly failure: unknown;
}

/** Creates, replaces and removes proxies. */
export class ProxyCollection {
  readonly #proxies = new Map<string, FaultyProxy>();
  readonly #metrics: ProxyMetrics | undefined;

  constructor(metrics: ProxyMetrics | undefined) {
    this.#metrics = metrics;
  }

  /** Every proxy, in order of creation. */
  all(): readonly FaultyProxy[] {
    return [...this.#proxies.values()];
  }

  /** The proxy of that name. Throws an ApiError with 404 if there is none. */
  get(name: string): FaultyProxy {
    const proxy = this.#proxies.get(name);
    if (proxy === undefined) throw new ApiError(404, 'proxy not found');
    return proxy;
  }

  /** Creates a proxy. Throws an ApiError with 409 if the name is taken, and an Error if it cannot listen; then it is not kept. */
  async create(input: ProxyInput): Promise<FaultyProxy> {
    if (this.#proxies.has(input.name)) throw new ApiError(409, 'proxy already exists');
    return this.#put(input);
  }

  /** Creates or replaces each proxy in turn, up to the first that fails. Proxies at the same addresses stay unchanged. */
  async populate(inputs: readonly ProxyInput[]): Promise<Populated> {
    const proxies: FaultyProxy[] = [];
    try {
      for (const input of inputs) proxies.push(await this.#createOrReplace(input));
      return { proxies, failure: undefined };
    } catch (failure) {
      return { proxies, failure };
    }
  }

  /** Stops and removes a proxy. */
  async remove(name: string): Promise<void> {
    await this.get(name).stop();
    this.#proxies.delete(name);
  }

  /** Starts every disabled proxy and removes all toxics. */
  async reset(): Promise<void> {
    for (const proxy of this.#proxies.values()) {
      await proxy.start();
      proxy.toxics.clear();
    }
  }

  /** Stops and removes every proxy. */
  async clear(): Promise<void> {
    await Promise.all(this.all().map((proxy) => proxy.stop()));
    this.#proxies.clear();
  }

  async #createOrReplace(input: ProxyInput): Promise<FaultyProxy> {
    const existing = this.#proxies.get(input.name);
    if (existing !== undefined) {
      if (!(await existing.differsFrom(input))) return existing;
      await existing.stop();
    }
    return this.#put(input);
  }

  async #put(input: ProxyInput): Promise<FaultyProxy> {
    const proxy = new FaultyProxy(input, this.#metrics);
    if (input.enabled) await proxy.start();
    this.#proxies.set(proxy.name, proxy);
    return proxy;
  }
}
