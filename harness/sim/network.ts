// The simulated network: it carries the calls of processes to the service and to the provider, and reports any other call as egress.
import type { HttpOutcome, HttpPost } from '../../src/contract/http.ts';
import { ClientCall } from './client-call.ts';
import { EVENTS } from './event-words.ts';
import { HttpExchange } from './http-exchange.ts';
import type { Incarnation } from './incarnation.ts';
import { Link } from './link.ts';
import type { SimProvider } from './provider.ts';
import { HOP_MICROS } from './timings.ts';
import type { World } from './world.ts';

/** The network of one run. */
export class Network {
  /** The link between the two systems. */
  readonly link: Link;
  readonly #world: World;
  readonly #provider: SimProvider;

  constructor(world: World, provider: SimProvider) {
    this.#world = world;
    this.#provider = provider;
    this.link = new Link(world);
  }

  /** Makes one HTTP call of a process. */
  post(client: Incarnation, request: HttpPost): Promise<HttpOutcome> {
    const { serviceUrl, providerUrl } = this.#world.settings[client.role];
    if (isBelow(request.url, serviceUrl)) {
      const path = request.url.slice(serviceUrl.length);
      const exchange = new HttpExchange({ world: this.#world, link: this.link }, { client, request, path });
      exchange.start();
      return exchange.client.outcome;
    }
    if (isBelow(request.url, providerUrl)) {
      return this.#provider.call(client, request, request.url.slice(providerUrl.length)).outcome;
    }
    this.#world.reportAnomaly(
      'egress',
      `${client.name} called ${request.url}, which is neither the service nor the provider`,
    );
    const call = new ClientCall(this.#world, client, request);
    this.#world.engine.schedule(HOP_MICROS, () => call.fail('refused'), EVENTS.refusal);
    return call.outcome;
  }
}

function isBelow(url: string, base: string): boolean {
  return url.startsWith(base) && (url.length === base.length || url[base.length] === '/');
}
