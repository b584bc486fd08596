// Remembers what was worked out from a history. Checkers ask the same questions one after the other, and a history never changes.
import type { History } from '../formats/history.ts';

/**
 * The same function, which works once for each history in a row of questions about it. It remembers the last history only: runs come
 * by the million, and each is judged as a whole before the next.
 */
export function perHistory<T>(work: (history: History) => T): (history: History) => T {
  let last: { readonly events: History['events']; readonly history: History; readonly value: T } | undefined;
  return (history) => {
    if (last?.history !== history || last.events !== history.events) {
      last = { history, events: history.events, value: work(history) };
    }
    return last.value;
  };
}
