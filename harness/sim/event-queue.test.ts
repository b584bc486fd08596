import { array, assert, boolean, check, func, nat, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type EventOrder, EventQueue, inTimeThenSequence } from './event-queue.ts';
import type { ScheduledEvent } from './incarnation.ts';

const times = array(nat({ max: 5 }), { maxLength: 60 });

function eventsAt(atMicros: readonly number[]): ScheduledEvent[] {
  return atMicros.map((time, sequence) => ({
    atMicros: time,
    sequence,
    run: () => {},
    owner: undefined,
    isIdle: false,
    what: '',
  }));
}

/** The sequence numbers in the order in which a queue returns the events. */
function drained(atMicros: readonly number[], order?: EventOrder): number[] {
  const queue = new EventQueue(order);
  for (const event of eventsAt(atMicros)) queue.push(event);
  const result: number[] = [];
  for (let event = queue.pop(); event !== undefined; event = queue.pop()) result.push(event.sequence);
  return result;
}

function expected(atMicros: readonly number[]): number[] {
  return eventsAt(atMicros)
    .toSorted((a, b) => a.atMicros - b.atMicros || a.sequence - b.sequence)
    .map((event) => event.sequence);
}

/** Whether a queue with this order returns the events of every list in the order of (time, sequence). */
function keepsOrder(order?: EventOrder): boolean {
  return !check(
    property(times, (list) => {
      expect(drained(list, order)).toEqual(expected(list));
    }),
    { seed: 7 },
  ).failed;
}

describe('the event queue', () => {
  test('the event queue returns events in order of time, and those of one time in the order of their scheduling', () => {
    expect(keepsOrder()).toBe(true);
  });

  test('an unstable heap is detected', () => {
    expect(keepsOrder((a, b) => a.atMicros < b.atMicros)).toBe(false);
  });

  test('a heap that returns later events of one time first is detected', () => {
    expect(
      keepsOrder((a, b) => a.atMicros < b.atMicros || (a.atMicros === b.atMicros && a.sequence > b.sequence)),
    ).toBe(false);
  });

  test('the event queue skips cancelled events when it pops and when it peeks', () => {
    assert(
      property(times, func(boolean()), (list, cancels) => {
        const events = eventsAt(list);
        const queue = new EventQueue();
        for (const event of events) queue.push(event);
        const cancelled = events.filter((event) => cancels(event.sequence));
        for (const event of cancelled) event.run = undefined;
        const left = events
          .filter((event) => event.run !== undefined)
          .toSorted((a, b) => (inTimeThenSequence(a, b) ? -1 : 1));
        for (const event of left) {
          expect(queue.peek()).toBe(event);
          expect(queue.pop()).toBe(event);
        }
        expect(queue.pop()).toBeUndefined();
      }),
    );
  });
});
