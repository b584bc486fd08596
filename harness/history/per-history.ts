// A cache for what is derived from a history: checkers need the same derived values one after the other, and a history never changes.
import type { History } from '../formats/history.ts';

/** The history that was used last. `turn` grows whenever another one is used. */
const current: { history: History | undefined; events: History['events'] | undefined; turn: number } = {
  history: undefined,
  events: undefined,
  turn: 0,
};

/**
 * The same function with a cache for the last history only: there are millions of runs, and each is judged completely before the next. All
 * these caches are renewed together, because a value in one can hold objects from another, and such objects are compared by identity.
 */
export function perHistory<T>(work: (history: History) => T): (history: History) => T {
  let last: { readonly turn: number; readonly value: T } | undefined;
  return (history) => {
    const turn = turnOf(history);
    if (last?.turn !== turn) last = { turn, value: work(history) };
    return last.value;
  };
}

function turnOf(history: History): number {
  if (current.history !== history || current.events !== history.events) {
    current.history = history;
    current.events = history.events;
    current.turn += 1;
  }
  return current.turn;
}
