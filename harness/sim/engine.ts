// The engine: takes one event after the other, moves the clock, lets everything run that the event has made ready, and stops when
// the run is over, when nothing can happen any more, or when a bound is reached.
import assert from 'node:assert/strict';
import { VirtualClock } from './clock.ts';
import { type EventOrder, EventQueue } from './event-queue.ts';
import type { Incarnation, ScheduledEvent } from './incarnation.ts';

/** How much one run may take. A run that exceeds a bound has not passed. */
export interface EngineBounds {
  readonly events: number;
  readonly virtualMicros: number;
}

/** How a run of the engine ended. `stuck`: its main work waits for something, and nothing is left that could happen. */
export type EngineEnding =
  | { readonly kind: 'finished' }
  | { readonly kind: 'failed'; readonly error: unknown }
  | { readonly kind: 'stuck' }
  | { readonly kind: 'out-of-events'; readonly events: number }
  | { readonly kind: 'out-of-time'; readonly virtualMicros: number };

/** What is asked before a process is woken. `drop` and `park` keep the event from it. */
export type Wake = 'go' | 'drop' | 'park';

/** Questions the engine puts to its surroundings. A decision may look at the clock, which already shows the event's time. */
export interface EngineHooks {
  beforeWake?(owner: Incarnation): Wake;
  /** Whether the second of two events at the same instant, of different processes, happens first. */
  reversesTie?(first: Incarnation, second: Incarnation): boolean;
}

/** Which process an event wakes, and whether anything waits for it. */
export interface ScheduleOptions {
  readonly owner?: Incarnation | undefined;
  readonly isIdle?: boolean;
  /** What it is, in the words of dumps. */
  readonly what?: string;
}

/** Called with the number of each event, from 1, before it happens. */
export type Pulse = (event: number) => void;

/** What an engine of tests and watchdogs does otherwise. */
export interface EngineOptions {
  readonly order?: EventOrder | undefined;
  readonly pulse?: Pulse | undefined;
}

/** One run's engine. */
export class Engine {
  readonly clock = new VirtualClock();
  hooks: EngineHooks = {};
  readonly #queue: EventQueue;
  readonly #bounds: EngineBounds;
  readonly #pulse: Pulse | undefined;
  #sequence = 0;
  #events = 0;
  /** Events that something waits for, as opposed to the rig's own patience. */
  #pending = 0;
  #restWaiters: (() => void)[] = [];
  #ending: EngineEnding | undefined;

  constructor(bounds: EngineBounds, { order, pulse }: EngineOptions = {}) {
    this.#bounds = bounds;
    this.#pulse = pulse;
    this.#queue = new EventQueue(order);
  }

  /** How many events have happened. */
  get eventsDone(): number {
    return this.#events;
  }

  /** Whether the run has ended. */
  get isOver(): boolean {
    return this.#ending !== undefined;
  }

  /** What is still to happen, in the order in which it will. */
  get due(): readonly ScheduledEvent[] {
    return this.#queue.waiting();
  }

  /** Whether the main work has ended. */
  get isFinished(): boolean {
    return this.#ending?.kind === 'finished';
  }

  /** Whether nothing is left that could move the systems. */
  get isAtRest(): boolean {
    return this.#pending === 0;
  }

  /** Lets `run` happen after a delay in whole microseconds. */
  schedule(delayMicros: number, run: () => void, options?: ScheduleOptions): ScheduledEvent {
    const isIdle = options?.isIdle === true;
    const event: ScheduledEvent = {
      atMicros: this.clock.nowMicros + delayMicros,
      sequence: this.#sequence,
      run,
      owner: options?.owner,
      isIdle,
      what: options?.what ?? 'the rig goes on',
    };
    this.#sequence += 1;
    if (!isIdle) this.#pending += 1;
    this.#queue.push(event);
    return event;
  }

  /** Takes an event back. One that has happened already is left alone. */
  cancel(event: ScheduledEvent): void {
    if (event.run === undefined) return;
    event.run = undefined;
    if (!event.isIdle) this.#pending -= 1;
  }

  /** Resolves once nothing but idle waiting is left. */
  rest(): Promise<void> {
    return new Promise((resolve) => {
      this.#restWaiters.push(resolve);
    });
  }

  /** Ends the life of a process and forgets what it had parked. */
  end(incarnation: Incarnation): void {
    for (const event of incarnation.parked) this.cancel(event);
    incarnation.end();
  }

  /** Lets a paused process go on: what was parked happens now, in the order in which it came up. */
  resume(incarnation: Incarnation): void {
    incarnation.isPaused = false;
    for (const event of incarnation.parked.splice(0)) {
      if (event.run === undefined) continue;
      event.atMicros = this.clock.nowMicros;
      event.sequence = this.#sequence;
      this.#sequence += 1;
      this.#queue.push(event);
    }
  }

  /** Begins the main work. The caller then drains microtasks, and steps. */
  start(main: () => Promise<void>): void {
    const follow = async (): Promise<void> => {
      try {
        await main();
        this.#ending ??= { kind: 'finished' };
      } catch (error) {
        this.#ending ??= { kind: 'failed', error };
      }
    };
    void follow();
  }

  /** How the run ended. Must be over. */
  conclude(): EngineEnding {
    assert(this.#ending !== undefined, 'the engine stopped without an ending');
    return this.#ending;
  }

  /** Lets one event happen; false when the run is over. What it made ready must be drained before the next. */
  step(): boolean {
    if (this.#ending !== undefined) return false;
    if (this.#letRest()) return true;
    const event = this.#next();
    if (event === undefined) {
      // All that was still to happen may have been for processes that ended.
      if (this.#ending === undefined && this.#letRest()) return true;
      this.#ending ??= { kind: 'stuck' };
      return false;
    }
    const { run } = event;
    this.cancel(event);
    this.clock.advanceTo(event.atMicros);
    this.#events += 1;
    this.#pulse?.(this.#events);
    run?.();
    return true;
  }

  /** Resolves the waits for rest if nothing is under way; false if something is, or nothing waits. */
  #letRest(): boolean {
    if (!this.isAtRest || this.#restWaiters.length === 0) return false;
    for (const resolve of this.#restWaiters.splice(0)) resolve();
    return true;
  }

  /** The next event that may happen. */
  #next(): ScheduledEvent | undefined {
    for (;;) {
      const due = this.#queue.pop();
      if (due === undefined) return undefined;
      if (this.#isOutOfBounds(due)) {
        this.#queue.push(due);
        return undefined;
      }
      const event = this.#firstOfTie(due);
      const { owner } = event;
      if (owner === undefined) return event;
      const wake = this.#wake(owner, event);
      if (wake === 'go') return event;
      if (wake === 'park') owner.parked.push(event);
      else this.cancel(event);
    }
  }

  #wake(owner: Incarnation, event: ScheduledEvent): Wake {
    if (!owner.isAlive) return 'drop';
    if (owner.isPaused) return 'park';
    if (this.hooks.beforeWake === undefined) return 'go';
    this.clock.advanceTo(event.atMicros);
    return this.hooks.beforeWake(owner);
  }

  /** The event itself, or the next of another process at the same instant, if it is decided that that goes first. */
  #firstOfTie(event: ScheduledEvent): ScheduledEvent {
    const { reversesTie } = this.hooks;
    const { owner, atMicros } = event;
    if (reversesTie === undefined || owner === undefined || this.#queue.peek()?.atMicros !== atMicros) return event;
    const passed = this.#takeUnowned(atMicros);
    const rival = this.#queue.peek();
    let first = event;
    if (rival?.owner !== undefined && rival.owner !== owner && rival.atMicros === atMicros) {
      this.clock.advanceTo(atMicros);
      if (reversesTie(owner, rival.owner)) {
        this.#queue.pop();
        this.#queue.push(event);
        first = rival;
      }
    }
    for (const other of passed) this.#queue.push(other);
    return first;
  }

  /** Takes the next events at an instant that wake no living process: they take no part in a tie. */
  #takeUnowned(atMicros: number): ScheduledEvent[] {
    const taken: ScheduledEvent[] = [];
    for (let next = this.#queue.peek(); next?.atMicros === atMicros; next = this.#queue.peek()) {
      if (next.owner?.isAlive === true) break;
      taken.push(next);
      this.#queue.pop();
    }
    return taken;
  }

  #isOutOfBounds(event: ScheduledEvent): boolean {
    const { events, virtualMicros } = this.#bounds;
    if (this.#events >= events) this.#ending = { kind: 'out-of-events', events };
    else if (event.atMicros > virtualMicros) this.#ending = { kind: 'out-of-time', virtualMicros };
    return this.#ending !== undefined;
  }
}
