// The messages of a history: each item with its uuid, its tenant and the mode at its entry.
import type { Mode } from '../../src/contract/mode.ts';
import type { EventOf } from '../formats/event.ts';
import type { History } from '../formats/history.ts';
import { eventsOf } from './events-of.ts';
import { ItemFinder } from './item-finder.ts';
import { perHistory } from './per-history.ts';
import { imageOf, rowsOf } from './rows.ts';
import { textIn } from './row-values.ts';

/** One item as the run saw it. */
export interface TrackedMessage {
  readonly item: string;
  readonly campaign: string;
  readonly tenant: string;
  /** The tenant's id; undefined only if the history does not list the tenant. */
  readonly tenantId: number | undefined;
  /** The tenant's account at the item's provider; undefined where tenants have no accounts. */
  readonly account: string | undefined;
  /** Its first entry; undefined for an item that was never given a uuid. */
  readonly entry: EventOf<'entry'> | undefined;
  /** The mode flagged at the entry or, without an entry, the tenant's mode if it never changed; undefined when the mode is not certain. */
  readonly mode: Mode | undefined;
}

/** The messages with their indexes. */
export interface Messages {
  readonly all: readonly TrackedMessage[];
  /** The messages that have a uuid. An item that was refused because the quota was too low never became a message. */
  readonly entered: readonly EnteredMessage[];
  readonly byItem: ReadonlyMap<string, TrackedMessage>;
  /** The message with this uuid, by its entry or, failing that, by any row or request that has both the uuid and the recipient. */
  itemOf(messageUuid: string): TrackedMessage | undefined;
}

/** A message that has been given its uuid. */
export type EnteredMessage = TrackedMessage & { readonly entry: EventOf<'entry'> };

/** The mode that a flag's text means. Any text except SHADOW and ON means OFF: the legacy app is the safe sender. */
export function readMode(text: string | null): Mode {
  return text === 'ON' || text === 'SHADOW' ? text : 'OFF';
}

/** Finds the item that a row or a message is about. */
export const itemFinderOf: (history: History) => ItemFinder<History['items'][number]> = perHistory(
  ({ items }) => new ItemFinder(items),
);

/** The modes that may have been flagged at an entry; several when a flip happened at the same time. */
export function modesFlaggedFor({ flagged }: EventOf<'entry'>): readonly Mode[] {
  return flagged.length === 1 ? [readMode(flagged[0] ?? '')] : [...new Set(flagged.map(readMode))];
}

/** The mode that was flagged at an entry; undefined when several may have been. */
export function flaggedMode(entry: EventOf<'entry'>): Mode | undefined {
  const [mode, ...others] = modesFlaggedFor(entry);
  return others.length === 0 ? mode : undefined;
}

/** Indexes the messages of a history. */
export const messagesOf: (history: History) => Messages = perHistory((history) => {
  const entries = new Map<string, EventOf<'entry'>>();
  for (const entry of eventsOf(history, 'entry')) if (!entries.has(entry.item)) entries.set(entry.item, entry);
  const tenants = new Map(history.tenants.map((tenant) => [tenant.key, tenant]));
  const all = history.items.map((item): TrackedMessage => {
    const tenant = tenants.get(item.tenant);
    const entry = entries.get(item.item);
    return {
      item: item.item,
      campaign: item.campaign,
      tenant: item.tenant,
      tenantId: tenant?.tenantId,
      account: item.account ?? tenant?.account ?? undefined,
      entry,
      mode: entry === undefined ? constantMode(history, item.tenant) : flaggedMode(entry),
    };
  });
  const byItem = new Map(all.map((message) => [message.item, message]));
  const items = itemsByUuid(history);
  return {
    all,
    entered: all.filter((message): message is EnteredMessage => message.entry !== undefined),
    byItem,
    itemOf: (messageUuid) => byItem.get(items.get(messageUuid) ?? ''),
  };
});

/** The first item that each uuid is seen with. Rows and requests identify the item by its recipient and body. */
function itemsByUuid(history: History): ReadonlyMap<string, string> {
  const items = new Map<string, string>();
  const finder = itemFinderOf(history);
  const learn = (messageUuid: string, item: string | undefined): void => {
    if (messageUuid !== '' && item !== undefined && !items.has(messageUuid)) items.set(messageUuid, item);
  };
  for (const entry of eventsOf(history, 'entry')) learn(entry.messageUuid, entry.item);
  for (const row of rowsOf(history, 'campaign_sms')) {
    const image = imageOf(row);
    learn(textIn(image, 'message_uuid'), finder.find(textIn(image, 'phone'), textIn(image, 'body'))?.item);
  }
  for (const row of rowsOf(history, 'go_sms_logs')) {
    const image = imageOf(row);
    learn(textIn(image, 'message_uuid'), finder.find(textIn(image, 'recipient'), textIn(image, 'body'))?.item);
  }
  if (!showsUuids(history)) {
    for (const { messages } of eventsOf(history, 'request')) {
      for (const { messageUuid, recipient, bodyDigest } of messages) {
        learn(messageUuid, finder.findByDigest(recipient, bodyDigest)?.item);
      }
    }
    for (const row of rowsOf(history, 'sms_logs')) {
      const image = imageOf(row);
      learn(textIn(image, 'message_uuid'), finder.find(textIn(image, 'phone'), textIn(image, 'body'))?.item);
    }
  }
  return items;
}

/** Whether the system shows the uuid of every message; if not, some uuids belong to no known message. */
export function showsUuids({ vantages }: History): boolean {
  return vantages.includes('identity');
}

function constantMode(history: History, tenant: string): Mode | undefined {
  const flipped =
    history.scenario.steps.some((step) => step.kind === 'flip' && step.tenant === tenant) ||
    eventsOf(history, 'flip').some((flip) => flip.tenant === tenant);
  if (flipped) return undefined;
  return readMode(history.scenario.tenants.find((candidate) => candidate.key === tenant)?.mode ?? null);
}

/** The item of each uuid, in their order; null for a uuid of no item. */
export function itemsOf(history: History, messageUuids: readonly string[]): (string | null)[] {
  const { itemOf } = messagesOf(history);
  return messageUuids.map((messageUuid) => itemOf(messageUuid)?.item ?? null);
}
