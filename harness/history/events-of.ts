// The events of a history by kind, and whether the run reached quiescence.
import type { EventKind, EventOf, HistoryEvent } from '../formats/event.ts';
import type { History } from '../formats/history.ts';
import { groupBy } from './group-by.ts';
import { perHistory } from './per-history.ts';

/** All events of one kind, in order. */
export function eventsOf<K extends EventKind>(history: History, kind: K): readonly EventOf<K>[] {
  return (byKind(history).get(kind) ?? NONE) as readonly EventOf<K>[];
}

const NONE: readonly HistoryEvent[] = [];

const byKind = perHistory((history) => groupBy(history.events, (event) => event.kind));

/** Whether the run reached quiescence. Before that, a missing event may still happen, so nothing counts as lost. */
export function isQuiescent(history: History): boolean {
  return eventsOf(history, 'quiescent').length > 0;
}
