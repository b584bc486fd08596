// A signal that is aborted when a time is over, or when another one is.
import { setMaxListeners } from 'node:events';

/** A deadline under way. */
export interface Deadline {
  readonly signal: AbortSignal;
  /** Ends the wait; the signal then follows the other one alone. */
  clear(): void;
}

/** Begins a deadline of so many milliseconds. Any number of runs may listen to its signal at once. */
export function startDeadline(timeMs: number, other?: AbortSignal): Deadline {
  const over = new AbortController();
  const timer = setTimeout(() => over.abort(), timeMs);
  const signal = other === undefined ? over.signal : AbortSignal.any([other, over.signal]);
  setMaxListeners(0, signal);
  return { signal, clear: () => clearTimeout(timer) };
}
