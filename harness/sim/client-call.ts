// The caller's side of one outgoing call: its timeouts and its outcome.
import type { FailureReason, HttpOutcome, HttpPost } from '../../src/contract/http.ts';
import { microsOf, MICROS_PER_MS } from './clock.ts';
import type { ConnectionState } from '../formats/dump.ts';
import type { Incarnation, ScheduledEvent } from './incarnation.ts';
import type { World } from './world.ts';

/** The value of `#resolve` until the promise is made. */
const noop = (): void => {};

/** A call under way. Only its first outcome counts. */
export class ClientCall {
  readonly outcome: Promise<HttpOutcome>;
  readonly startedMicros: number;
  /** Called when the caller's timeout or its end abandons the call before the network has settled it. */
  onAbandoned: (() => void) | undefined;
  readonly #world: World;
  readonly #client: Incarnation;
  readonly #request: HttpPost;
  readonly #timers: ScheduledEvent[] = [];
  #silence: ScheduledEvent | undefined;
  #resolve: (outcome: HttpOutcome) => void = noop;
  #isSettled = false;
  #totalDueMicros = Number.POSITIVE_INFINITY;
  #silenceDueMicros = Number.POSITIVE_INFINITY;

  constructor(world: World, client: Incarnation, request: HttpPost) {
    this.#world = world;
    this.#client = client;
    this.#request = request;
    this.startedMicros = world.nowMicros;
    this.outcome = new Promise((resolve) => {
      this.#resolve = resolve;
    });
    const { totalMs } = request.timeouts;
    if (totalMs !== undefined) {
      this.#timers.push(this.#timeoutAfter(totalMs));
      this.#totalDueMicros = world.nowMicros + microsOf(totalMs);
    }
    this.progress();
    client.onEnd(() => this.#abandon());
  }

  /** A part of the answer has arrived: the read timeout restarts. */
  progress(): void {
    const { readMs } = this.#request.timeouts;
    if (readMs === undefined || this.#isSettled) return;
    if (this.#silence !== undefined) this.#world.engine.cancel(this.#silence);
    this.#silence = this.#timeoutAfter(readMs);
    this.#silenceDueMicros = this.#world.nowMicros + microsOf(readMs);
  }

  /** Whether the caller has its outcome. */
  get isOver(): boolean {
    return this.#isSettled;
  }

  /** The call as a connection in a dump; undefined once the caller has its outcome. */
  stateTo(
    to: string,
    about: { readonly what: string; readonly state?: string | undefined },
  ): ConnectionState | undefined {
    if (this.#isSettled) return undefined;
    const { what, state = 'under way' } = about;
    return { from: this.#client.name, to, what, sinceMs: this.startedMicros / MICROS_PER_MS, state };
  }

  /** When the timeout of a paused caller was due, in microseconds; undefined if no timeout is overdue. */
  get overdueSince(): number | undefined {
    const dueMicros = Math.min(this.#totalDueMicros, this.#silenceDueMicros);
    return dueMicros < this.#world.nowMicros ? dueMicros : undefined;
  }

  /** A whole answer has arrived. */
  answer(status: number, body: string): void {
    this.#settle(() => ({ kind: 'answer', status, body, elapsedMs: this.#elapsedMs() }));
  }

  /** The network has ended the call. */
  fail(reason: Exclude<FailureReason, 'timeout'>): void {
    this.#settle(() => this.#failure(reason));
  }

  /** Settles the outcome in an event that wakes the process. If a timeout of the call happens before that event, the timeout wins. */
  #settle(outcome: () => HttpOutcome): void {
    this.onAbandoned = undefined;
    this.#world.wake(this.#client, () => this.#conclude(outcome()), 'the end of a call');
  }

  #conclude(outcome: HttpOutcome): void {
    if (this.#isSettled) return;
    this.#isSettled = true;
    const { engine } = this.#world;
    for (const timer of this.#timers) engine.cancel(timer);
    if (this.#silence !== undefined) engine.cancel(this.#silence);
    this.#resolve(outcome);
  }

  #timeoutAfter(ms: number): ScheduledEvent {
    const expire = (): void => {
      if (this.#isSettled) return;
      this.#abandon();
      this.#conclude(this.#failure('timeout'));
    };
    return this.#world.engine.schedule(microsOf(ms), expire, { owner: this.#client, what: 'the time limit of a call' });
  }

  #abandon(): void {
    const abandoned = this.onAbandoned;
    this.onAbandoned = undefined;
    abandoned?.();
  }

  #failure(reason: FailureReason): HttpOutcome {
    const definite = reason === 'refused' || reason === 'reset-before-write';
    return { kind: 'failure', reason, definite, elapsedMs: this.#elapsedMs() };
  }

  #elapsedMs(): number {
    return (this.#world.nowMicros - this.startedMicros) / MICROS_PER_MS;
  }
}
