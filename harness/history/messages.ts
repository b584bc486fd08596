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
  /** The tenant's account at the item's provider; undefined where tenants have none of their own. */
  readonly account: string | undefined;
  /** Its first entry; undefined for an item that was never given a uuid. */
  readonly entry: EventOf<'entry'> | undefined;
  /** The mode flagged at the entry or, without one, the tenant's mode if that never changed; undefined when it cannot be known. */
  readonly mode: Mode | undefined;
}

/** The messages with their indexes. */
export interface Messages {
  readonly all: readonly TrackedMessage[];
  /** Those that have a uuid. An item refused for want of quota is no message. */
  readonly entered: readonly EnteredMessage[];
  readonly byItem: ReadonlyMap<string, TrackedMessage>;
  /** The item a uuid belongs to, by its own row or, failing that, by what else names both. */
  itemOf(messageUuid: string): TrackedMessage | undefined;
}

/** A message that has been given its uuid. */
export type EnteredMessage = TrackedMessage & { readonly entry: EventOf<'entry'> };

/** What the text of a flag acts as. Anything but SHADOW and ON acts as OFF: the legacy app is the safe sender. */
export function readMode(text: string | null): Mode {
  return text === 'ON' || text === 'SHADOW' ? text : 'OFF';
}

/** Finds the item that a row or a message is about. */
export const itemFinderOf: (history: History) => ItemFinder<History['items'][number]> = perHistory(
  ({ items }) => new ItemFinder(items),
);

/** The modes that may have been flagged at an entry; several while the tenant was flagged anew. */
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

/** The first item a uuid is seen with. Rows name the item by its recipient and body. */
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

/** The items that were given these uuids, in their order; null for a uuid that was given to none. */
export function itemsOf(history: History, messageUuids: readonly string[]): (string | null)[] {
  const { itemOf } = messagesOf(history);
  return messageUuids.map((messageUuid) => itemOf(messageUuid)?.item ?? null);
}
