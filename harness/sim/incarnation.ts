// One life of a simulated process, and the events of the engine. A crash ends the life: the events that would have woken it are dropped.
// A restart begins a new life with a new Env.
import type { Role } from '../../src/contract/message.ts';

/** One event of the engine. */
export interface ScheduledEvent {
  /** Its virtual time. It changes only if the event waits for a paused process to resume. */
  atMicros: number;
  /** Position among all events ever scheduled: events at the same time happen in this order. */
  sequence: number;
  /** Undefined once the event is cancelled or has happened. */
  run: (() => void) | undefined;
  /** The life of the process that it wakes; undefined for an event of the world. */
  readonly owner: Incarnation | undefined;
  /** Whether it is the rig's own waiting, which does not delay quiescence. */
  readonly isIdle: boolean;
  /** Its description in a dump. */
  readonly what: string;
}

/** One life of one process. */
export class Incarnation {
  readonly role: Role;
  /** Which process of this role, and which of its lives: for example `service-1.2`. */
  readonly name: string;
  /** Its key for random numbers and decisions, such as `service-1`. All lives of a process share it. */
  readonly process: string;
  isAlive = true;
  isPaused = false;
  /** The events that came up while it was paused, in order. */
  readonly parked: ScheduledEvent[] = [];
  readonly #atEnd: (() => void)[] = [];
  /** The number of requests that it is answering and of spawned work that is not over. */
  #begun = 0;
  #whenIdle: (() => void)[] | undefined;

  constructor(place: { role: Role; instance: number; life: number }) {
    this.role = place.role;
    this.process = `${place.role}-${place.instance}`;
    this.name = `${this.process}.${place.life}`;
  }

  /** The number of requests that it is answering, plus the number of its spawned works that are not over. */
  get underWay(): number {
    return this.#begun;
  }

  /** Counts a request or spawned work that has begun: an orderly shutdown waits for it. */
  begin(): void {
    this.#begun += 1;
  }

  /** Counts off a request or spawned work that is over. */
  finish(): void {
    this.#begun -= 1;
    if (this.#begun === 0) for (const wake of this.#whenIdle?.splice(0) ?? []) wake();
  }

  /** Resolves once nothing that it began is under way. */
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
