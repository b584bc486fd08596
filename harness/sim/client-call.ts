// One outgoing call from the caller's side: its time bounds, and its one outcome.
import type { FailureReason, HttpOutcome, HttpPost } from '../../src/contract/http.ts';
import { microsOf, MICROS_PER_MS } from './clock.ts';
import type { ConnectionState } from '../formats/dump.ts';
import type { Incarnation, ScheduledEvent } from './incarnation.ts';
import type { World } from './world.ts';

/** Takes the place of the end of a promise until it has been made. */
const nobody = (): void => {};

/** A call under way. Only its first outcome counts. */
export class ClientCall {
  readonly outcome: Promise<HttpOutcome>;
  readonly startedMicros: number;
  /** Called when the caller gives up, by a time bound or by its end, before the network has settled the call. */
  onAbandoned: (() => void) | undefined;
  readonly #world: World;
  readonly #client: Incarnation;
  readonly #request: HttpPost;
  readonly #timers: ScheduledEvent[] = [];
  #silence: ScheduledEvent | undefined;
  #resolve: (outcome: HttpOutcome) => void = nobody;
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

  /** A part of the answer has come: silence is counted anew. */
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

  /** The call as a connection to a place, until the caller has its outcome. */
  stateTo(
    to: string,
    about: { readonly what: string; readonly state?: string | undefined },
  ): ConnectionState | undefined {
    if (this.#isSettled) return undefined;
    const { what, state = 'under way' } = about;
    return { from: this.#client.name, to, what, sinceMs: this.startedMicros / MICROS_PER_MS, state };
  }

  /** When the caller would have given up by now had it not been stopped; undefined for one that is in time. */
  get overdueSince(): number | undefined {
    const dueMicros = Math.min(this.#totalDueMicros, this.#silenceDueMicros);
    return dueMicros < this.#world.nowMicros ? dueMicros : undefined;
  }

  /** A whole answer has come. */
  answer(status: number, body: string): void {
    this.#settle(() => ({ kind: 'answer', status, body, elapsedMs: this.#elapsedMs() }));
  }

  /** The network has ended the call. */
  fail(reason: Exclude<FailureReason, 'timeout'>): void {
    this.#settle(() => this.#failure(reason));
  }

  /** The process goes on in an event of its own. Until that has come, its timers may still be first. */
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
