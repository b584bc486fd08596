// The order of two events. Each observer knows the order of what it saw; between observers only time can tell, and often it cannot.
import type { HistoryEvent } from '../formats/event.ts';

/** How one event lies to another; `undecided` when their intervals overlap and two observers saw them. */
export type Order = 'before' | 'after' | 'undecided';

/** Whether `a` happened before or after `b`: exact inside one observer, across observers only when the intervals are disjoint. */
export function order(a: HistoryEvent, b: HistoryEvent): Order {
  if (a.observer === b.observer) {
    if (a.seq === b.seq) return 'undecided';
    return a.seq < b.seq ? 'before' : 'after';
  }
  if (a.latest < b.earliest) return 'before';
  if (b.latest < a.earliest) return 'after';
  return 'undecided';
}

/** Whether `a` may have happened before `b`: it did, or the order is unknown. */
export function mayPrecede(a: HistoryEvent, b: HistoryEvent): boolean {
  return order(a, b) !== 'after';
}
