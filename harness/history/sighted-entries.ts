// The entries of a system that does not show when a uuid is made. Any event that has both an item and a uuid binds them. The message
// entered at some time between the first trigger of its campaign and the first event that shows it.
import type { Observation } from '../formats/event.ts';
import type { History } from '../formats/history.ts';
import { type FlaggedModes, flaggedModes } from './flagged-modes.ts';
import { ItemFinder } from './item-finder.ts';
import { textIn } from './row-values.ts';

/** An item and a uuid that belongs to it. */
export interface Binding {
  readonly item: string;
  readonly messageUuid: string;
}

type Item = History['items'][number];
type Entry = Extract<Observation, { kind: 'entry' }>;

/** What the entries are derived from. */
interface Sighted {
  readonly header: Pick<History, 'items' | 'scenario' | 'timings' | 'accepted'>;
  readonly observations: readonly Observation[];
  /** The uuids of items that the system itself reported. */
  readonly bindings: readonly Binding[];
}

/**
 * The entries of all items that are bound to exactly one uuid, by their earliest time. An item with several uuids has no entry: properties
 * that judge messages by their uuid do not judge it.
 */
export function sightedEntries(run: Sighted): Observation[] {
  const flagged = flaggedModes(run);
  const triggered = firstTriggers(run.observations);
  const seen = firstSights(run.observations);
  const uuids = uuidsByItem(run);
  return run.header.items
    .flatMap((item): Entry[] => {
      const earliest = triggered.get(item.campaign);
      const [messageUuid, ...others] = uuids.get(item.item) ?? [];
      if (earliest === undefined || messageUuid === undefined || others.length > 0) return [];
      const sights = [seen.byUuid.get(messageUuid), seen.byItem.get(item.item)];
      const latest = Math.max(earliest, Math.min(seen.endMicros, ...sights.filter((sight) => sight !== undefined)));
      return [entryOf({ item, messageUuid, flagged }, { earliest, latest })];
    })
    .toSorted((a, b) => a.earliest - b.earliest);
}

function entryOf(
  {
    item: { item, tenant, campaign },
    messageUuid,
    flagged,
  }: { item: Item; messageUuid: string; flagged: FlaggedModes },
  { earliest, latest }: { earliest: number; latest: number },
): Entry {
  const row = { statementEarliest: earliest, latest };
  return {
    observer: 'identity',
    kind: 'entry',
    earliest,
    latest,
    statementEarliest: earliest,
    item,
    tenant,
    messageUuid,
    mode: '',
    flagged: [...flagged.at({ tenant, campaign, row })],
    epoch: null,
  };
}

function firstTriggers(observations: readonly Observation[]): ReadonlyMap<string, number> {
  const first = new Map<string, number>();
  for (const event of observations) {
    if (event.kind === 'trigger' && !first.has(event.campaign)) first.set(event.campaign, event.earliest);
  }
  return first;
}

/** When each uuid and each item certainly existed, and when the last observation ended. */
interface Sights {
  readonly byUuid: ReadonlyMap<string, number>;
  readonly byItem: ReadonlyMap<string, number>;
  readonly endMicros: number;
}

function firstSights(observations: readonly Observation[]): Sights {
  const [byUuid, byItem] = [new Map<string, number>(), new Map<string, number>()];
  const meet = (seen: Map<string, number>, name: string | null, { latest }: Observation): void => {
    if (name !== null && name !== '') seen.set(name, Math.min(seen.get(name) ?? latest, latest));
  };
  let endMicros = 0;
  for (const event of observations) {
    endMicros = Math.max(endMicros, event.latest);
    if (event.kind === 'request') for (const uuid of event.uuids) meet(byUuid, uuid, event);
    else if (event.kind === 'row') meet(byUuid, textIn(event.after, 'message_uuid'), event);
    else if (event.kind === 'attempt') meet(byItem, event.item, event);
  }
  return { byUuid, byItem, endMicros };
}

/** The uuids of each item: from the system's own report, from requests, and from rows with the recipient's number. */
function uuidsByItem({ header, observations, bindings }: Sighted): ReadonlyMap<string, ReadonlySet<string>> {
  const finder = new ItemFinder(header.items);
  const uuids = new Map<string, Set<string>>();
  const bind = (item: string | undefined, messageUuid: string): void => {
    if (item === undefined || messageUuid === '') return;
    const known = uuids.get(item);
    if (known === undefined) uuids.set(item, new Set([messageUuid]));
    else known.add(messageUuid);
  };
  for (const { item, messageUuid } of bindings) bind(item, messageUuid);
  for (const event of observations) {
    if (event.kind === 'request') {
      for (const { messageUuid, recipient, bodyDigest } of event.messages) {
        bind(finder.findByDigest(recipient, bodyDigest)?.item, messageUuid);
      }
    } else if (event.kind === 'row') {
      const { after } = event;
      const recipient = textIn(after, 'phone') || textIn(after, 'recipient');
      bind(finder.find(recipient, textIn(after, 'body'))?.item, textIn(after, 'message_uuid'));
    }
  }
  return uuids;
}
