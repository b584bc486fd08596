// A signal that aborts after a time, or together with another signal.
import { setMaxListeners } from 'node:events';

/** A running deadline. */
export interface Deadline {
  readonly signal: AbortSignal;
  /** Stops the timer; the signal then follows the other signal alone. */
  clear(): void;
}

/** Starts a deadline of `timeMs`. Its signal accepts any number of listeners without a warning from Node. */
export function startDeadline(timeMs: number, other?: AbortSignal): Deadline {
  const over = new AbortController();
  const timer = setTimeout(() => over.abort(), timeMs);
  const signal = other === undefined ? over.signal : AbortSignal.any([other, over.signal]);
  setMaxListeners(0, signal);
  return { signal, clear: () => clearTimeout(timer) };
}
