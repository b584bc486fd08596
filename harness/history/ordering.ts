// The order of two events. Each observer knows the order of what it saw; across observers only disjoint intervals have an order.
import type { HistoryEvent } from '../formats/event.ts';

/** The order of one event and another; `undecided` when two observers saw them and their intervals overlap. */
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
