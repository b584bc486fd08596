// The entry point: uuids, pinned modes and reservations are committed in one transaction, before any message is sent.
import { mustCommit } from '../authority/retry-once.ts';
import type { Message } from '../contract/message.ts';
import { MODES, type Mode } from '../contract/mode.ts';
import type { Context, Entry, EntryRequest } from '../contract/parts.ts';
import type { Transaction } from '../contract/store.ts';
import type { RowOf } from '../contract/tables.ts';
import { messageOf, pinnedMode } from './message-of.ts';
import { RequestError } from './request-error.ts';

/** The flagged mode with its epoch. */
type Flag = Awaited<ReturnType<Context['parts']['readMode']>>;

/** An item that the entry takes: it has a uuid and a mode. */
interface OpenedItem {
  readonly mode: Mode;
  readonly message: Message;
}

/**
 * Opens the entry of a campaign. A retry after a lost answer to COMMIT waits for the locks of the first transaction, so it finds the
 * uuids that this one made. Throws RequestError for an unknown campaign, StoreUnavailable if the transaction does not commit.
 */
export function openEntry(context: Context, request: EntryRequest): Promise<Entry> {
  return mustCommit(context.env.store, (tx) => open(context, tx, request));
}

async function open(context: Context, tx: Transaction, { campaignId }: EntryRequest): Promise<Entry> {
  const [first] = await tx.select('campaign_sms', { campaign_id: campaignId });
  if (first === undefined) throw new RequestError(404, `no such campaign: ${campaignId}`);
  const tenantId = first.tenant_id;
  await tx.select('quota_accounts', { tenant_id: tenantId }, { forUpdate: true });
  const flag = await context.parts.readMode(context, tx, tenantId);
  // Lock the items and read them again: another delivery may have made their uuids since, and a tenant without quota has no row to lock.
  const rows = await tx.select('campaign_sms', { campaign_id: campaignId, settled: false }, { forUpdate: true });
  const opened: OpenedItem[] = [];
  let refused = 0;
  for (const row of rows.toSorted((a, b) => a.id - b.id)) {
    const item = await openItem(context, tx, { row, flag });
    if (item === undefined) refused += 1;
    else opened.push(item);
  }
  return { tenantId, campaignId, groups: groupByMode(opened), refused };
}

/** Undefined if the tenant has no quota left. An item with a uuid keeps uuid and mode; a blank uuid stays, and a sender refuses it. */
async function openItem(
  context: Context,
  tx: Transaction,
  { row, flag }: { row: RowOf<'campaign_sms'>; flag: Flag },
): Promise<OpenedItem | undefined> {
  if (row.message_uuid !== null) {
    const mode = row.message_uuid === '' ? flag.mode : pinnedMode(row);
    return { mode, message: messageOf(row, row.message_uuid) };
  }
  const messageUuid = context.parts.mintUuid(context, row);
  const reservation = { messageUuid, tenantId: row.tenant_id, mode: flag.mode };
  if (!(await context.parts.reserveQuota(context, tx, reservation))) return undefined;
  const pinned = { message_uuid: messageUuid, mode: flag.mode, epoch: flag.epoch };
  await tx.update('campaign_sms', { id: row.id }, pinned);
  return { mode: flag.mode, message: messageOf(row, messageUuid) };
}

function groupByMode(opened: readonly OpenedItem[]): Entry['groups'] {
  return MODES.map((mode) => ({
    mode,
    messages: opened.filter((item) => item.mode === mode).map(({ message }) => message),
  })).filter(({ messages }) => messages.length > 0);
}
