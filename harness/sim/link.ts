// The link between the two systems: it carries messages of exchanges, and does to them what the faults in force and the decisions say.
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

/** One connection over the link, as the link sees it. */
export interface LinkedConnection {
  /** What it is about, for decisions and for jitter. */
  readonly key: string;
  readonly times: CallerTimes;
  /** Ends it, and throws away what is on its way to the service. */
  cutOff(): void;
  /** Ends it one hop later: the caller sees what happens at the other end after its way. */
  breakLater(end: CallEnd): void;
  /** Answers the caller in place of the service. */
  answer(answer: TappedAnswer): void;
  /** A part of the answer has reached the caller. */
  progress(): void;
}

/** One copy of a message. */
export interface LinkMessage {
  readonly stream: Stream;
  readonly connection: LinkedConnection;
  /** How many copies were sent on this connection before it. */
  readonly attempt: number;
  sizeBytes(): number;
  /** It sets out; answers what happens when it arrives. */
  setOut(): () => void;
  /** The connection ends after so many bytes of it. */
  cut(bytes: number): void;
}

/** The link of one run. */
export class Link {
  readonly taps: Taps;
  /** The connections that stand. */
  readonly open = new Set<LinkedConnection>();
  readonly #world: World;
  readonly #faults: FaultsInForce;
  #services: readonly SimProcess[] = [];

  constructor(world: World) {
    this.#world = world;
    this.taps = new Taps(world);
    this.#faults = new FaultsInForce(world);
  }

  /** Names the service's processes, which exist only after the network they are connected to. */
  connect(services: readonly SimProcess[]): void {
    this.#services = services;
  }

  /** Whether a process takes a connection now. `lost` is called when the last process that could hold it ends. */
  accepts(lost: () => void): boolean {
    const services = this.#services;
    const lostWithTheLast = (): void => {
      if (!services.some((service) => service.isUp)) lost();
    };
    for (const service of services) service.onEnd(lostWithTheLast);
    return services.some((service) => service.isServing);
  }

  /** The process that takes the next arrival. */
  route(key: string): SimProcess {
    const [first, second] = this.#services;
    if (first === undefined) throw new Error('the link has no service process');
    if (second === undefined) return first;
    return this.#world.decide(ROUTE_SITE, key) === 'second' ? second : first;
  }

  /** Whether connections are refused. */
  get isRefusing(): boolean {
    return this.#faults.isRefusing;
  }

  /** Whether a caller waits for data that a fault has swallowed. */
  get isHoldingData(): boolean {
    return this.#faults.isHolding;
  }

  /** Puts a fault in force. Refusing also ends what is under way. */
  apply(index: number, fault: LinkFault): void {
    this.#faults.apply(index, fault);
    if (!fault.isRefusing) return;
    for (const connection of this.open) connection.cutOff();
  }

  /** Takes a fault away. */
  heal(index: number): void {
    this.#faults.heal(index);
  }

  /** Ends the connections whose data a decision has dropped. */
  healDropped(): void {
    this.#faults.heal(DROPPED);
  }

  /** Does what a decision says to a message; `copy` makes each copy of it that is sent. */
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

  /** Lets a message travel, unless a fault in force keeps it. */
  travel(message: LinkMessage, extraMicros = 0): void {
    const { stream, connection, attempt } = message;
    const treatment = this.#faults.treat(stream, { key: connection.key, attempt, size: () => message.sizeBytes() });
    switch (treatment.kind) {
      case 'lost':
        // The connection stands, and ends when the fault is taken away.
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
      // Bytes keep coming, so that no silence is ever long.
      for (let ms = partEveryMs; ms < lastMs; ms += partEveryMs) {
        this.#world.engine.schedule(microsOf(ms), () => connection.progress(), EVENTS.partArrives);
      }
    }
    for (const delayMicros of delays) this.travel(copy(), delayMicros);
  }
}

/** A delay in the words of reports: how long it is depends on when it is decided. */
function withLength({ equals, decided: { of, what } }: Harm, ms: number): Harm {
  return { equals, decided: { of, what: `${what} ${Math.round(ms)} ms` } };
}
