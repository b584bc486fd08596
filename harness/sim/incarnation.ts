// One life of a simulated process, and the events that wake it. A crash ends it: the events that were still to wake it are dropped. A
// restart is a new life with a new Env.
import type { Role } from '../../src/contract/message.ts';

/** One thing that will happen at a virtual time. */
export interface ScheduledEvent {
  /** Moved only for a paused process, whose events wait until it continues. */
  atMicros: number;
  /** Position among all events ever scheduled: equal times happen in this order. */
  sequence: number;
  /** Undefined once it is cancelled or has happened. */
  run: (() => void) | undefined;
  /** The process it wakes; undefined for what belongs to the world. */
  readonly owner: Incarnation | undefined;
  /** The rig's own waiting, which does not keep a run from quiescence. */
  readonly isIdle: boolean;
  /** What it is, for who looks at a run that was stopped. */
  readonly what: string;
}

/** One life of one process. */
export class Incarnation {
  readonly role: Role;
  /** Which process of this role, and which of its lives: for example `service-1.2`. */
  readonly name: string;
  /** What keeps this life's random numbers and decisions apart from those of other processes, but not from earlier lives. */
  readonly process: string;
  isAlive = true;
  isPaused = false;
  /** What came up while it was paused, in order. */
  readonly parked: ScheduledEvent[] = [];
  readonly #atEnd: (() => void)[] = [];
  /** Requests that it answers and work that it spawned. */
  #begun = 0;
  #whenIdle: (() => void)[] | undefined;

  constructor(place: { role: Role; instance: number; life: number }) {
    this.role = place.role;
    this.process = `${place.role}-${place.instance}`;
    this.name = `${this.process}.${place.life}`;
  }

  /** How many requests it answers, and how much work that it spawned goes on. */
  get underWay(): number {
    return this.#begun;
  }

  /** It has begun something that an orderly end waits for. */
  begin(): void {
    this.#begun += 1;
  }

  /** Something that it began is over. */
  finish(): void {
    this.#begun -= 1;
    if (this.#begun === 0) for (const wake of this.#whenIdle?.splice(0) ?? []) wake();
  }

  /** Settles once nothing that it began is under way. */
  untilIdle(): Promise<void> {
    if (this.#begun === 0) return Promise.resolve();
    return new Promise((resolve) => {
      (this.#whenIdle ??= []).push(resolve);
    });
  }

  /** Calls `work` when this life ends: connections break, transactions roll back. */
  onEnd(work: () => void): void {
    this.#atEnd.push(work);
  }

  /** Ends this life. A second end has no effect. */
  end(): void {
    if (!this.isAlive) return;
    this.isAlive = false;
    this.parked.length = 0;
    for (const work of this.#atEnd.splice(0)) work();
  }
}
