// The queue of scheduled events: a binary heap in the order of (time, sequence). A cancelled event stays in the heap and is skipped when
// it reaches the top. That is cheaper than removing it: most timers of a system are timeouts that never fire.
import type { ScheduledEvent } from './incarnation.ts';

/** Whether the first event happens before the second. Tests pass a wrong order and check that it is noticed. */
export type EventOrder = (a: ScheduledEvent, b: ScheduledEvent) => boolean;

/** The order of every real run: the earlier time first, then the event that was scheduled first. */
export const inTimeThenSequence: EventOrder = (a, b) =>
  a.atMicros < b.atMicros || (a.atMicros === b.atMicros && a.sequence < b.sequence);

/** The scheduled events of one engine. */
export class EventQueue {
  readonly #heap: ScheduledEvent[] = [];
  readonly #precedes: EventOrder;

  constructor(precedes: EventOrder = inTimeThenSequence) {
    this.#precedes = precedes;
  }

  /** The number of events in the heap, cancelled ones included. */
  get size(): number {
    return this.#heap.length;
  }

  push(event: ScheduledEvent): void {
    const heap = this.#heap;
    const precedes = this.#precedes;
    let index = heap.length;
    heap.push(event);
    while (index > 0) {
      const parentIndex = (index - 1) >> 1;
      const parent = heap[parentIndex] as ScheduledEvent;
      if (!precedes(event, parent)) break;
      heap[index] = parent;
      index = parentIndex;
    }
    heap[index] = event;
  }

  /** The events that are not cancelled, earliest first. */
  waiting(): readonly ScheduledEvent[] {
    return this.#heap
      .filter(({ run }) => run !== undefined)
      .toSorted((a, b) => (this.#precedes(a, b) ? -1 : this.#precedes(b, a) ? 1 : 0));
  }

  /** Takes the next event that is not cancelled; undefined when there is none. */
  pop(): ScheduledEvent | undefined {
    let event = this.#popAny();
    while (event !== undefined && event.run === undefined) event = this.#popAny();
    return event;
  }

  /** The next event that is not cancelled, which stays in the queue; undefined when there is none. */
  peek(): ScheduledEvent | undefined {
    const heap = this.#heap;
    while (heap.length > 0 && heap[0]?.run === undefined) this.#popAny();
    return heap[0];
  }

  #popAny(): ScheduledEvent | undefined {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (last !== undefined && heap.length > 0) this.#sink(last);
    return first;
  }

  /** Puts an event at the top of the heap and moves it down to its place. */
  #sink(event: ScheduledEvent): void {
    const heap = this.#heap;
    const precedes = this.#precedes;
    const { length } = heap;
    let index = 0;
    for (;;) {
      let childIndex = 2 * index + 1;
      if (childIndex >= length) break;
      let child = heap[childIndex] as ScheduledEvent;
      const right = heap[childIndex + 1];
      if (right !== undefined && precedes(right, child)) {
        child = right;
        childIndex += 1;
      }
      if (!precedes(child, event)) break;
      heap[index] = child;
      index = childIndex;
    }
    heap[index] = event;
  }
}
