// The link between the two systems: it carries the messages of HttpExchanges, and applies to them the faults in force and the decisions.
import { microsOf } from './clock.ts';
import type { Harm } from './equal-fault.ts';
import { EVENTS } from './event-words.ts';
import type { Stream } from '../faults/fields.ts';
import { DROPPED, FaultsInForce, type LinkFault } from './faults-in-force.ts';
import type { CallerTimes, DecisionEffect } from './network-effects.ts';
import type { SimProcess } from './processes.ts';
import { ROUTE_SITE } from './sites.ts';
import { TappedAnswer } from './tapped-answer.ts';
import { type CallEnd, Taps } from './taps.ts';
import type { World } from './world.ts';

/** One connection, as the link sees it. */
export interface LinkedConnection {
  /** Its key for decisions and for the random numbers of jitter. */
  readonly key: string;
  readonly times: CallerTimes;
  /** Ends it, and discards the requests that are on their way to the service. */
  cutOff(): void;
  /** Ends it one hop later: the caller sees the other side's end after the time of one way. */
  breakLater(end: CallEnd): void;
  /** Answers the caller in place of the service. */
  answer(answer: TappedAnswer): void;
  /** A part of the answer has reached the caller. */
  progress(): void;
}

/** One copy of a request or an answer. */
export interface LinkMessage {
  readonly stream: Stream;
  readonly connection: LinkedConnection;
  /** How many copies were sent on this connection before it. */
  readonly attempt: number;
  sizeBytes(): number;
  /** Marks it as on its way, and returns the function to call when it arrives. */
  setOut(): () => void;
  /** Ends the connection after this number of bytes of the message. */
  cut(bytes: number): void;
}

/** The link of one run. */
export class Link {
  readonly taps: Taps;
  /** The open connections. */
  readonly open = new Set<LinkedConnection>();
  readonly #world: World;
  readonly #faults: FaultsInForce;
  #services: readonly SimProcess[] = [];

  constructor(world: World) {
    this.#world = world;
    this.taps = new Taps(world);
    this.#faults = new FaultsInForce(world);
  }

  /** Sets the processes of the service. The constructor cannot get them: they are made with the network. */
  connect(services: readonly SimProcess[]): void {
    this.#services = services;
  }

  /** Whether a service process accepts a connection now. `lost` is called when the last service process that is up ends. */
  accepts(lost: () => void): boolean {
    const services = this.#services;
    const lostWithTheLast = (): void => {
      if (!services.some((service) => service.isUp)) lost();
    };
    for (const service of services) service.onEnd(lostWithTheLast);
    return services.some((service) => service.isServing);
  }

  /** The service process that gets the next arrival of this key. */
  route(key: string): SimProcess {
    const [first, second] = this.#services;
    if (first === undefined) throw new Error('the link has no service process');
    if (second === undefined) return first;
    return this.#world.decide(ROUTE_SITE, key) === 'second' ? second : first;
  }

  /** Whether a fault in force refuses connections. */
  get isRefusing(): boolean {
    return this.#faults.isRefusing;
  }

  /** Whether a caller waits for data that a fault or a decision has lost. */
  get isHoldingData(): boolean {
    return this.#faults.isHolding;
  }

  /** Puts a fault in force. One that refuses connections also ends the open ones. */
  apply(index: number, fault: LinkFault): void {
    this.#faults.apply(index, fault);
    if (!fault.isRefusing) return;
    for (const connection of this.open) connection.cutOff();
  }

  /** Heals a fault. */
  heal(index: number): void {
    this.#faults.heal(index);
  }

  /** Ends the connections whose data a decision has lost. */
  healDropped(): void {
    this.#faults.heal(DROPPED);
  }

  /** Applies a decision to a message; `copy` makes each copy of the message that is sent. */
  send(effect: DecisionEffect, connection: LinkedConnection, copy: () => LinkMessage): void {
    if (effect.kind === 'deliver') {
      this.#deliver(effect, connection, copy);
      return;
    }
    this.#world.disturb(effect.harm);
    switch (effect.kind) {
      case 'lose':
        this.#faults.hold(DROPPED, () => connection.cutOff());
        return;
      case 'break':
        connection.breakLater(effect.end);
        return;
      case 'answer':
        connection.answer(new TappedAnswer(effect.answer));
    }
  }

  /** Sends a message, and applies the faults in force to it. */
  travel(message: LinkMessage, extraMicros = 0): void {
    const { stream, connection, attempt } = message;
    const treatment = this.#faults.treat(stream, { key: connection.key, attempt, size: () => message.sizeBytes() });
    switch (treatment.kind) {
      case 'lost':
        // The connection stays open, and ends when the fault is healed.
        this.#faults.hold(treatment.fault, () => connection.cutOff());
        return;
      case 'reset':
        connection.breakLater({ by: 'server', how: 'rst' });
        return;
      case 'cut':
        message.cut(treatment.bytes);
        return;
      case 'pass': {
        const arrive = message.setOut();
        this.#faults.travel({ delayMicros: treatment.delayMicros + extraMicros, faults: treatment.faults }, arrive);
      }
    }
  }

  #deliver(
    { deliveries, partEveryMs, harm }: Extract<DecisionEffect, { kind: 'deliver' }>,
    connection: LinkedConnection,
    copy: () => LinkMessage,
  ): void {
    const delays = deliveries.map((delay) => delay(connection.times));
    const lastMs = (delays.at(-1) ?? 0) / 1_000;
    if (harm !== undefined) this.#world.disturb(deliveries.length > 1 ? harm : withLength(harm, lastMs), lastMs);
    if (partEveryMs !== undefined) {
      // Each part of the answer restarts the caller's read timeout.
      for (let ms = partEveryMs; ms < lastMs; ms += partEveryMs) {
        this.#world.engine.schedule(microsOf(ms), () => connection.progress(), EVENTS.partArrives);
      }
    }
    for (const delayMicros of delays) this.travel(copy(), delayMicros);
  }
}

/** Adds the length of the delay to what reports print, such as `late 699 ms`: it is known only at the moment of the decision. */
function withLength({ equals, decided: { of, what } }: Harm, ms: number): Harm {
  return { equals, decided: { of, what: `${what} ${Math.round(ms)} ms` } };
}
