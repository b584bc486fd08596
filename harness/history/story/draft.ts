// An element of a story before its place and the findings and faults that it shows are known, and the times it takes from its events.
import type { HistoryEvent } from '../../formats/event.ts';
import type { Moment } from './order-moments.ts';
import type { Importance, StoryMessage, StoryPoint } from './story.ts';

type Unknown = 'witnessOf' | 'faults' | 'place' | 'end';

/** A message in the making. */
export type MessageDraft = Omit<StoryMessage, Unknown> & {
  /** The decision of the provider, for a send. */
  readonly end?: Moment | undefined;
};

/** A point in the making. */
export type PointDraft = Omit<StoryPoint, Unknown>;

/** An element in the making. */
export type Draft = MessageDraft | PointDraft;

/** When an event can have happened first, in milliseconds since the start of the scenario. */
export function msOf(event: HistoryEvent): number {
  return event.earliest / 1_000;
}

/** The place of an element that stands for the first of these events and shows all of them. */
export function placeOf(
  event: HistoryEvent,
  others: readonly (HistoryEvent | undefined)[] = [],
): Pick<Draft, 'seq' | 'seqs' | 'timeMs'> {
  const seqs = [event, ...others].flatMap((shown) => (shown === undefined ? [] : [shown.seq]));
  return { seq: event.seq, seqs: [...new Set(seqs)].toSorted((a, b) => a - b), timeMs: Math.round(msOf(event)) };
}

/** A point that stands for one event. */
export function pointAt(
  event: HistoryEvent,
  point: Pick<PointDraft, 'what' | 'at' | 'labels'> & { importance?: Importance; items?: readonly string[] },
): PointDraft {
  return {
    kind: 'point',
    importance: 'background',
    items: [],
    ...placeOf(event),
    startMs: msOf(event),
    endMs: event.latest / 1_000,
    ...point,
  };
}
