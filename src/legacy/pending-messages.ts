// What recovery works on: the messages that have no final log row yet, by the state of their authority.
import { mustCommit } from '../authority/retry-once.ts';
import type { AuthorityState } from '../contract/authority.ts';
import type { Message, Status } from '../contract/message.ts';
import type { Context, DispatchBatch } from '../contract/parts.ts';
import { anyOf, type Transaction } from '../contract/store.ts';
import type { RowOf } from '../contract/tables.ts';
import { messageOf, pinnedMode } from './message-of.ts';

/** Messages that recovery must process or wait for. A message that is UNKNOWN, and logged so, waits for a person and is not included. */
export interface PendingMessages {
  /** The send has ended, but there is no log row for its outcome. */
  readonly due: readonly Message[];
  /** Unclaimed, or CLAIMED by a holder that may have died. In batches, as `dispatch` takes them. */
  readonly open: readonly DispatchBatch[];
  /** SENDING: being sent, or abandoned by a holder that died too recently for sa_surface. */
  readonly sending: readonly Message[];
}

/** An item with its message, the state of its authority, and the status in its log row; undefined if there is no row. */
interface PendingItem {
  readonly row: RowOf<'campaign_sms'>;
  readonly message: Message;
  readonly state: AuthorityState | undefined;
  readonly logged: Status | undefined;
}

/** Reads the pending messages in one transaction. Throws StoreUnavailable if it does not commit. */
export async function readPending(context: Context): Promise<PendingMessages> {
  const items = await mustCommit(context.env.store, read);
  const messagesIn = (wanted: (item: PendingItem) => boolean) => items.filter(wanted).map(({ message }) => message);
  return {
    due: messagesIn(isDue),
    open: batches(items.filter(({ state }) => state === undefined || state === 'CLAIMED')),
    sending: messagesIn(({ state }) => state === 'SENDING'),
  };
}

async function read(tx: Transaction): Promise<PendingItem[]> {
  const rows = await tx.select('campaign_sms', { settled: false });
  // An item without a uuid has not entered yet; both senders refuse one with a blank uuid.
  const items = rows.flatMap((row) => (row.message_uuid ? [{ row, messageUuid: row.message_uuid }] : []));
  if (items.length === 0) return [];
  const ofItems = { message_uuid: anyOf(items.map(({ messageUuid }) => messageUuid)) };
  const authorities = await tx.select('send_authority', ofItems);
  const logs = await tx.select('sms_logs', ofItems);
  const states = new Map(authorities.map((authority) => [authority.message_uuid, authority.state]));
  const statuses = new Map(logs.map((log) => [log.message_uuid, log.status]));
  return items
    .toSorted((a, b) => a.row.id - b.row.id)
    .map(({ row, messageUuid }) => ({
      row,
      message: messageOf(row, messageUuid),
      state: states.get(messageUuid),
      logged: statuses.get(messageUuid),
    }));
}

function isDue({ state, logged }: PendingItem): boolean {
  return state === 'SENT' || state === 'NOT_SENT' || (state === 'UNKNOWN' && logged === undefined);
}

function batches(items: readonly PendingItem[]): DispatchBatch[] {
  const batchesByKey = new Map<string, DispatchBatch>();
  for (const { row, message } of items) {
    const { tenant_id: tenantId, campaign_id: campaignId } = row;
    const mode = pinnedMode(row);
    const key = `${tenantId}/${campaignId}/${mode}`;
    const messages = [...(batchesByKey.get(key)?.messages ?? []), message];
    batchesByKey.set(key, { tenantId, campaignId, mode, messages });
  }
  return [...batchesByKey.values()];
}
