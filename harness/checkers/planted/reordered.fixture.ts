// Puts the events of a history into another order that its observers allow. Used by tests only.
import type { HistoryEvent } from '../../formats/event.ts';
import type { History } from '../../formats/history.ts';
import { groupBy } from '../../history/group-by.ts';

/** The events of one observer, those from `next` on still to be placed; `overFrom` has the earliest end of each and all after it. */
interface Queue {
  readonly events: readonly HistoryEvent[];
  readonly overFrom: readonly number[];
  next: number;
}

/**
 * Puts the events into another order and renumbers them. The order of each observer is kept, and an event that ended before another began
 * still comes before it. Each of `choices` selects one of the events that may come next.
 */
export function reordered(history: History, choices: readonly number[]): History {
  const queues = [...groupBy(history.events, ({ observer }) => observer).values()].map(queueOf);
  const events: HistoryEvent[] = [];
  while (events.length < history.events.length) {
    const free = queues.filter((queue) => isFree(queue, queues));
    const queue = free[(choices[events.length % choices.length] ?? 0) % free.length];
    const event = queue?.events[queue.next];
    if (queue === undefined || event === undefined) throw new Error('the observers contradict one another');
    queue.next += 1;
    events.push({ ...event, seq: events.length });
  }
  return { ...history, events };
}

function queueOf(events: readonly HistoryEvent[]): Queue {
  const overFrom = events.map(({ latest }) => latest);
  for (let place = overFrom.length - 2; place >= 0; place -= 1) {
    overFrom[place] = Math.min(overFrom[place] ?? 0, overFrom[place + 1] ?? 0);
  }
  return { events, overFrom, next: 0 };
}

/** Whether the next event of an observer may come before all other events that are still to be placed. */
function isFree(queue: Queue, queues: readonly Queue[]): boolean {
  const event = queue.events[queue.next];
  if (event === undefined) return false;
  return queues.every(
    (other) => other === queue || (other.overFrom[other.next] ?? Number.POSITIVE_INFINITY) >= event.earliest,
  );
}
