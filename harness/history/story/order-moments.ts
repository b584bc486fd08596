// Puts the moments of a story into one order: by whole milliseconds, then by `seq`. The order of one observer is always kept, and no effect
// is above its cause. A moment that must follow a later one gets the time of that one.
import type { HistoryEvent } from '../../formats/event.ts';
import type { History } from '../../formats/history.ts';
import { groupBy } from '../group-by.ts';
import { causationsOf } from './causes.ts';
import type { StoryPlace } from './story.ts';

/** Something that has its own line in a story. */
export interface Moment {
  /** The `seq` of the event that it represents or, without one, of the last event before it. */
  readonly seq: number;
  /** The `seq` of all events that it shows; empty where no observer saw it. */
  readonly seqs: readonly number[];
  /** The earliest time at which it can have happened, in whole milliseconds. */
  readonly timeMs: number;
}

/** The place of each moment. Of moments of one event, the first in the input comes first. */
export function orderMoments<M extends Moment>(history: History, moments: readonly M[]): ReadonlyMap<M, StoryPlace> {
  const ahead = predecessors(history, moments);
  const places = new Map<M, StoryPlace>();
  const waiting = moments.toSorted((left, right) => left.timeMs - right.timeMs || left.seq - right.seq);
  while (waiting.length > 0) {
    const free = waiting.findIndex((moment) => (ahead.get(moment) ?? []).every((other) => places.has(other)));
    // If two observers contradict each other, no moment is free: then the times decide.
    const [moment] = waiting.splice(Math.max(free, 0), 1);
    if (moment === undefined) break;
    const times = (ahead.get(moment) ?? []).map((other) => places.get(other)?.timeMs ?? 0);
    places.set(moment, { timeMs: Math.max(moment.timeMs, ...times), place: places.size });
  }
  return places;
}

/** The moments that must be above each moment. */
function predecessors<M extends Moment>(history: History, moments: readonly M[]): ReadonlyMap<M, readonly M[]> {
  const ahead = new Map<M, M[]>();
  const add = (moment: M, other: M): void => {
    ahead.set(moment, [...(ahead.get(moment) ?? []), other]);
  };
  const events = new Map(history.events.map((event) => [event.seq, event]));
  const bySeq = groupBy(moments, ({ seq }) => seq);
  for (const chain of inObservedOrder(moments, events)) {
    for (const [index, moment] of chain.entries()) {
      const before = chain[index - 1];
      if (before !== undefined) add(moment, before);
    }
  }
  for (const { cause, effect } of causationsOf(history)) {
    for (const moment of bySeq.get(effect.seq) ?? []) {
      for (const other of bySeq.get(cause.seq) ?? []) add(moment, other);
    }
  }
  return ahead;
}

/** The moments that one observer saw, in its own order, which is exact. */
function inObservedOrder<M extends Moment>(
  moments: readonly M[],
  events: ReadonlyMap<number, HistoryEvent>,
): Iterable<readonly M[]> {
  const sorted = moments.filter(({ seqs }) => seqs.length > 0).toSorted((left, right) => left.seq - right.seq);
  return groupBy(sorted, ({ seq }) => events.get(seq)?.observer).values();
}
