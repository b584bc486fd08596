// The simulated network: where a process's calls go, and the faults of the way between the two systems.
import type { HttpOutcome, HttpPost } from '../../src/contract/http.ts';
import { ClientCall } from './client-call.ts';
import { DROPPED, FaultsInForce, type LinkFault } from './faults-in-force.ts';
import type { Incarnation } from './incarnation.ts';
import type { SimProcess } from './processes.ts';
import type { SimProvider } from './provider.ts';
import { RoadCall, type RoadSurroundings } from './road-call.ts';
import { ROUTE_SITE } from './sites.ts';
import { Taps } from './taps.ts';
import { HOP_MICROS } from './timings.ts';
import type { World } from './world.ts';

/** The network of one run. */
export class Network {
  readonly #world: World;
  readonly #provider: SimProvider;
  readonly #faults: FaultsInForce;
  readonly #road: RoadSurroundings;
  #services: readonly SimProcess[] = [];

  constructor(world: World, provider: SimProvider) {
    this.#world = world;
    this.#provider = provider;
    this.#faults = new FaultsInForce(world);
    this.#road = {
      world,
      taps: new Taps(world),
      faults: this.#faults,
      open: new Set(),
      route: (key) => this.#route(key),
      connect: (lost) => this.#connect(lost),
    };
  }

  /** Names the service's processes, which exist only after the network they are connected to. */
  connect(services: readonly SimProcess[]): void {
    this.#services = services;
  }

  /** One call of a process to the outside. */
  post(client: Incarnation, request: HttpPost): Promise<HttpOutcome> {
    const { serviceUrl, providerUrl } = this.#world.settings[client.role];
    if (isBelow(request.url, serviceUrl)) {
      const call = new RoadCall(this.#road, { client, request, path: request.url.slice(serviceUrl.length) });
      call.start();
      return call.client.outcome;
    }
    if (isBelow(request.url, providerUrl)) {
      return this.#provider.call(client, request, request.url.slice(providerUrl.length)).outcome;
    }
    this.#world.reportAnomaly(
      'egress',
      `${client.name} called ${request.url}, which is neither the service nor the provider`,
    );
    const call = new ClientCall(this.#world, client, request);
    this.#world.engine.schedule(HOP_MICROS, () => call.fail('refused'));
    return call.outcome;
  }

  /** Puts a fault in force. Refusing also ends what is under way. */
  apply(index: number, fault: LinkFault): void {
    this.#faults.apply(index, fault);
    if (!fault.isRefusing) return;
    for (const call of this.#road.open) call.cutOff();
  }

  /** Takes a fault away. */
  heal(index: number): void {
    this.#faults.heal(index);
  }

  /** Ends the connections whose data a decision has dropped. */
  healDropped(): void {
    this.#faults.heal(DROPPED);
  }

  /** Whether a caller waits for data that a fault has swallowed. */
  get isHoldingData(): boolean {
    return this.#faults.isHolding;
  }

  /** A connection reaches the service whatever becomes of the data on it, and ends with the last process that could hold it. */
  #connect(lost: () => void): boolean {
    const isUp = (): boolean => this.#services.some((service) => service.isUp);
    const lostWithTheLast = (): void => {
      if (!isUp()) lost();
    };
    for (const service of this.#services) service.onEnd(lostWithTheLast);
    return isUp();
  }

  #route(key: string): SimProcess {
    const [first, second] = this.#services;
    if (first === undefined) throw new Error('the network was not told of any service process');
    if (second === undefined) return first;
    return this.#world.decide(ROUTE_SITE, key) === 'second' ? second : first;
  }
}

function isBelow(url: string, base: string): boolean {
  return url.startsWith(base) && (url.length === base.length || url[base.length] === '/');
}
