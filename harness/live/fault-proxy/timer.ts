// Time for the fault proxy: a clock in fractional milliseconds, and an alarm that never rings early. Node's own timers can fire almost a
// millisecond too early, and overflow after 24.8 days; both would distort an injected delay.

const LONGEST_TIMER_MS = 2 ** 31 - 1;
/** Delays from this length on are exact to the microsecond: the alarm polls the clock in the last millisecond, a twentieth at most. */
const PRECISE_MS_MIN = 20;
const POLLED_MS_MAX = 1;

/** The time of a monotonic clock in milliseconds; only differences have a meaning. */
export function nowMs(): number {
  return performance.now();
}

/** Rings once, `delayMs` after its creation and never earlier, unless it is cancelled. An infinite delay never rings. */
export class Alarm {
  readonly #dueAtMs: number;
  readonly #ring: () => void;
  readonly #isPrecise: boolean;
  #timer: NodeJS.Timeout | undefined;
  #poll: NodeJS.Immediate | undefined;

  constructor(delayMs: number, ring: () => void) {
    this.#dueAtMs = nowMs() + delayMs;
    this.#isPrecise = delayMs >= PRECISE_MS_MIN;
    this.#ring = ring;
    this.#arm(delayMs);
  }

  /** Cancels the alarm; does nothing if it has rung. */
  cancel(): void {
    clearTimeout(this.#timer);
    clearImmediate(this.#poll);
  }

  #arm(delayMs: number): void {
    if (delayMs === Infinity) return;
    const wholeMs = this.#isPrecise ? Math.floor(delayMs) : Math.ceil(delayMs);
    this.#timer = setTimeout(() => this.#check(), Math.min(Math.max(1, wholeMs), LONGEST_TIMER_MS));
  }

  #check(): void {
    const remainingMs = this.#dueAtMs - nowMs();
    if (remainingMs <= 0) this.#ring();
    else if (this.#isPrecise && remainingMs < POLLED_MS_MAX) this.#poll = setImmediate(() => this.#check());
    else this.#arm(remainingMs);
  }
}
