// Remembers what was worked out from a history. Checkers ask the same questions one after the other, and a history never changes.
import type { History } from '../formats/history.ts';

/** The history that was asked about last, and how often another one was asked about before. */
const current: { history: History | undefined; events: History['events'] | undefined; turn: number } = {
  history: undefined,
  events: undefined,
  turn: 0,
};

/**
 * The same function, which works once for each history in a row of questions about it. It remembers the last history only: runs come
 * by the million, and each is judged as a whole before the next. All such functions forget together, because one may hold objects that
 * another has made: from then on both would have to mean the same ones.
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
