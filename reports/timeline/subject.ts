// What a timeline is about: the history, the finding it explains, and which items, uuids and events belong to it.
import type { Finding } from '../../harness/formats/finding.ts';
import { PROPERTY_IDS } from '../../harness/formats/finding.ts';
import type { EventKind, EventOf, HistoryEvent } from '../../harness/formats/event.ts';
import type { History } from '../../harness/formats/history.ts';

/** A history with what was found in it; a counterexample is one. */
export interface HistoryWithFindings {
  readonly history: History;
  readonly findings: readonly Finding[];
}

/** A history seen from one finding. */
export interface Subject {
  readonly history: History;
  /** The finding to explain; absent when nothing was found. */
  readonly finding: Finding | undefined;
  readonly items: ReadonlySet<string>;
  readonly uuids: ReadonlySet<string>;
  readonly witnesses: ReadonlySet<number>;
  /** The mode each item was entered in. */
  readonly modes: ReadonlyMap<string, string>;
}

/** Takes the finding that is easiest to understand, and collects what belongs to it. */
export function subjectOf({ history, findings }: HistoryWithFindings): Subject {
  const finding = findings.toSorted((left, right) => rank(left) - rank(right))[0];
  const entries = eventsOf(history, 'entry');
  const named = (finding?.items ?? []).filter((item) => history.items.some((known) => known.item === item));
  const items = new Set(named.length > 0 ? named : history.items.map(({ item }) => item));
  const relevant = entries.filter(({ item }) => items.has(item));
  return {
    history,
    finding,
    items,
    uuids: new Set(relevant.map(({ messageUuid }) => messageUuid)),
    witnesses: new Set(finding?.witnesses),
    modes: new Map(entries.map(({ item, mode }) => [item, mode])),
  };
}

/** The events of one kind, in their order. */
export function eventsOf<K extends EventKind>(history: History, kind: K): EventOf<K>[] {
  return history.events.filter((event): event is EventOf<K> => event.kind === kind);
}

/** When an event happened, in whole milliseconds since the start of the scenario. */
export function timeMsOf(event: HistoryEvent): number {
  return Math.round(event.earliest / 1_000);
}

/** Properties are listed from the plainest to the subtlest. */
function rank(finding: Finding): number {
  return PROPERTY_IDS.indexOf(finding.property);
}
