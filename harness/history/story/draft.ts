// Drafts: elements of a story whose place, findings and faults are not known yet. Their times are those of their events.
import type { HistoryEvent } from '../../formats/event.ts';
import type { Moment } from './order-moments.ts';
import type { Importance, StoryMessage, StoryPoint } from './story.ts';

type Unknown = 'witnessOf' | 'faults' | 'place' | 'end';

/** A message whose place, findings and faults are not known yet. */
export type MessageDraft = Omit<StoryMessage, Unknown> & {
  /** The decision of the provider, for a send. */
  readonly end?: Moment | undefined;
};

/** A point whose place, findings and faults are not known yet. */
export type PointDraft = Omit<StoryPoint, Unknown>;

/** An element whose place, findings and faults are not known yet. */
export type Draft = MessageDraft | PointDraft;

/** The earliest time of an event, in milliseconds since the start of the scenario. */
export function msOf(event: HistoryEvent): number {
  return event.earliest / 1_000;
}

/** The events and the time of an element that represents `event` and shows the others too. */
export function placeOf(
  event: HistoryEvent,
  others: readonly (HistoryEvent | undefined)[] = [],
): Pick<Draft, 'seq' | 'seqs' | 'timeMs'> {
  const seqs = [event, ...others].flatMap((shown) => (shown === undefined ? [] : [shown.seq]));
  return { seq: event.seq, seqs: [...new Set(seqs)].toSorted((a, b) => a - b), timeMs: Math.round(msOf(event)) };
}

/** A point that represents one event. It is background, about no item, unless `point` says otherwise. */
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
