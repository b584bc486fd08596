// Builds a history from observations: derives the entries, merges the observers' sequences into one order and numbers the events.
import type { HistoryEvent, Observation } from '../formats/event.ts';
import type { History } from '../formats/history.ts';
import { type FlaggedModes, flaggedModes } from './flagged-modes.ts';
import { ItemFinder } from './item-finder.ts';
import { numberIn, textIn } from './row-values.ts';
import { type Binding, sightedEntries } from './sighted-entries.ts';

/** A history without its events: what is known of a run before it begins. */
export type HistoryHeader = Omit<History, 'format' | 'events'>;

/**
 * Builds the history of one run. Each observer's observations must be in the order in which it made them. The observations themselves
 * become the events and get their `seq`, because copying them would take a large part of a simulated run: observers must not keep them.
 */
export function buildHistory(
  header: HistoryHeader,
  observations: readonly Observation[],
  { bindings }: BuildOptions = {},
): History {
  const complete: Observation[] =
    bindings === undefined
      ? withEntriesOfRows(header, observations)
      : [...observations, ...sightedEntries({ header, observations, bindings })];
  const events = merged(complete) as HistoryEvent[];
  let seq = 0;
  for (const event of events) event.seq = seq++;
  // Field by field, because spreading a header takes longer than numbering its events.
  const { scenario, lane, system, vantages, readings, accepted, tolerances, timings, tenants, items, roles } = header;
  const format = 'onesend.history/4';
  return {
    format,
    scenario,
    lane,
    system,
    vantages,
    readings,
    accepted,
    tolerances,
    timings,
    tenants,
    items,
    roles,
    events,
  };
}

/** The options of `buildHistory`. */
interface BuildOptions {
  /** The uuids of items as the system reports them; given only for a system whose rows do not show its entries. */
  readonly bindings?: readonly Binding[];
}

function withEntriesOfRows(header: HistoryHeader, observations: readonly Observation[]): Observation[] {
  const complete: Observation[] = [];
  const finder = new ItemFinder(header.items);
  const flagged = flaggedModes({ header, observations });
  for (const observation of observations) {
    complete.push(observation);
    const entry = entryFrom({ finder, flagged }, observation);
    if (entry !== undefined) complete.push(entry);
  }
  return complete;
}

/** What `entryFrom` looks up for each row. */
interface Run {
  readonly finder: ItemFinder<History['items'][number]>;
  readonly flagged: FlaggedModes;
}

/** The entry for a row of campaign_sms that has just got its uuid, with the row's time and observer; undefined for anything else. */
function entryFrom({ finder, flagged }: Run, observation: Observation): Observation | undefined {
  if (observation.kind !== 'row' || observation.table !== 'campaign_sms') return undefined;
  const messageUuid = textIn(observation.after, 'message_uuid');
  if (messageUuid === '' || textIn(observation.before, 'message_uuid') !== '') return undefined;
  const item = finder.find(textIn(observation.after, 'phone'), textIn(observation.after, 'body'));
  if (item === undefined) return undefined;
  const { observer, earliest, latest, statementEarliest } = observation;
  return {
    kind: 'entry',
    observer,
    earliest,
    latest,
    statementEarliest,
    item: item.item,
    tenant: item.tenant,
    messageUuid,
    mode: textIn(observation.after, 'mode'),
    flagged: [...flagged.at({ tenant: item.tenant, campaign: item.campaign, row: observation })],
    epoch: numberIn(observation.after, 'epoch') ?? null,
  };
}

/**
 * Merges the observers' sequences: always takes the head with the earliest possible time. An event that ended before another began is
 * placed before it, unless this would break the order of one observer.
 */
function merged(observations: readonly Observation[]): Observation[] {
  const waiting = new Map<string, Observation[]>();
  for (const observation of observations) {
    const queue = waiting.get(observation.observer);
    if (queue === undefined) waiting.set(observation.observer, [observation]);
    else queue.push(observation);
  }
  const queues = [...waiting.values()].map((events) => ({ events, next: 0 }));
  const result: Observation[] = [];
  while (result.length < observations.length) {
    let first: Observation | undefined;
    let from: (typeof queues)[number] | undefined;
    for (const queue of queues) {
      const head = queue.events[queue.next];
      if (head === undefined || (first !== undefined && !comesFirst(head, first))) continue;
      first = head;
      from = queue;
    }
    if (first === undefined || from === undefined) break;
    from.next += 1;
    result.push(first);
  }
  return result;
}

function comesFirst(a: Observation, b: Observation): boolean {
  return a.earliest === b.earliest ? a.latest < b.latest : a.earliest < b.earliest;
}
