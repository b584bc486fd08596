// The discrete-event engine of one run: it takes the earliest event, moves the clock to its time and runs it; the caller then drains
// microtasks. It stops when the run has ended, when no event is left, or when a bound is exceeded.
import assert from 'node:assert/strict';
import { VirtualClock } from './clock.ts';
import { type EventOrder, EventQueue } from './event-queue.ts';
import type { Incarnation, ScheduledEvent } from './incarnation.ts';

/** The most events and virtual time that one run is allowed to use. A run that exceeds a bound does not pass. */
export interface EngineBounds {
  readonly events: number;
  readonly virtualMicros: number;
}

/** How a run of the engine ended. `stuck`: the main work still waits, and no event is left. */
export type EngineEnding =
  | { readonly kind: 'finished' }
  | { readonly kind: 'failed'; readonly error: unknown }
  | { readonly kind: 'stuck' }
  | { readonly kind: 'out-of-events'; readonly events: number }
  | { readonly kind: 'out-of-time'; readonly virtualMicros: number };

/** What the engine does with an event that wakes a process: run it, cancel it, or keep it until the process resumes. */
export type Wake = 'go' | 'drop' | 'park';

/** Callbacks through which decisions affect the order of events. When they are called, the clock already shows the event's time. */
export interface EngineHooks {
  beforeWake?(owner: Incarnation): Wake;
  /** Whether the second of two events at the same instant, of different processes, happens first. */
  reversesTie?(first: Incarnation, second: Incarnation): boolean;
}

/** What an event is, apart from its time and its work. */
export interface ScheduleOptions {
  /** The process that the event wakes. */
  readonly owner?: Incarnation | undefined;
  /** Whether the event is idle waiting, which does not delay quiescence. */
  readonly isIdle?: boolean;
  /** The description of the event in a dump. */
  readonly what?: string;
}

/** Called with the number of each event, from 1, before it happens. */
export type Pulse = (event: number) => void;

/** Options for tests (`order`) and watchdogs (`pulse`). */
export interface EngineOptions {
  readonly order?: EventOrder | undefined;
  readonly pulse?: Pulse | undefined;
}

/** The engine of one run. */
export class Engine {
  readonly clock = new VirtualClock();
  hooks: EngineHooks = {};
  readonly #queue: EventQueue;
  readonly #bounds: EngineBounds;
  readonly #pulse: Pulse | undefined;
  #sequence = 0;
  #events = 0;
  /** The number of scheduled events that are not idle waiting. */
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

  /** The scheduled events, earliest first. */
  get due(): readonly ScheduledEvent[] {
    return this.#queue.waiting();
  }

  /** Whether the main work has ended without an error. */
  get isFinished(): boolean {
    return this.#ending?.kind === 'finished';
  }

  /** Whether no event is left except idle waiting, so that the systems cannot do anything any more. */
  get hasOnlyIdleEvents(): boolean {
    return this.#pending === 0;
  }

  /** Schedules `run` after a delay in whole microseconds. */
  schedule(delayMicros: number, run: () => void, options?: ScheduleOptions): ScheduledEvent {
    const isIdle = options?.isIdle === true;
    const event: ScheduledEvent = {
      atMicros: this.clock.nowMicros + delayMicros,
      sequence: this.#sequence,
      run,
      owner: options?.owner,
      isIdle,
      what: options?.what ?? 'the rig continues',
    };
    this.#sequence += 1;
    if (!isIdle) this.#pending += 1;
    this.#queue.push(event);
    return event;
  }

  /** Cancels an event. This has no effect on an event that has already happened. */
  cancel(event: ScheduledEvent): void {
    if (event.run === undefined) return;
    event.run = undefined;
    if (!event.isIdle) this.#pending -= 1;
  }

  /** Resolves once no event is left except idle waiting. */
  rest(): Promise<void> {
    return new Promise((resolve) => {
      this.#restWaiters.push(resolve);
    });
  }

  /** Ends the life of a process and cancels its parked events. */
  end(incarnation: Incarnation): void {
    for (const event of incarnation.parked) this.cancel(event);
    incarnation.end();
  }

  /** Resumes a paused process: its parked events happen now, in the order in which they were parked. */
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

  /** Starts the main work. The caller then drains microtasks and calls `step`. */
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

  /** How the run ended. Throws an AssertionError while the run is under way. */
  conclude(): EngineEnding {
    assert(this.#ending !== undefined, 'the engine stopped without an ending');
    return this.#ending;
  }

  /** Runs one event, or resolves the waits for rest; false when the run is over. The caller drains microtasks before the next step. */
  step(): boolean {
    if (this.#ending !== undefined) return false;
    if (this.#letRest()) return true;
    const event = this.#next();
    if (event === undefined) {
      // `#next` can have cancelled the last events, because their processes had ended: then the run is quiescent now.
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

  /** Resolves the promises of `rest` if only idle waiting is left; false if other events are left or `rest` was not called. */
  #letRest(): boolean {
    if (!this.hasOnlyIdleEvents || this.#restWaiters.length === 0) return false;
    for (const resolve of this.#restWaiters.splice(0)) resolve();
    return true;
  }

  /** Takes the next event that is to be run; undefined when no event is left or a bound is exceeded. */
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

  /** The event, or the next event of another process at the same instant if `reversesTie` decides that it happens first. */
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

  /** Takes from the queue the next events at this instant that wake no living process: they take no part in a tie. */
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
