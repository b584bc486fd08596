// The settlement of one message in one transaction: its log row, its charge, its item. The authority says how the send ended.
import type { AuthorityState, Settlement } from '../contract/authority.ts';
import type { Status } from '../contract/message.ts';
import type { Context } from '../contract/parts.ts';
import type { Transaction } from '../contract/store.ts';
import type { RowOf } from '../contract/tables.ts';
import { pinnedMode } from './message-of.ts';

/** The logged status for each terminal state. */
const LOGGED: Readonly<Record<Settlement, Status>> = { SENT: 'accepted', NOT_SENT: 'rejected', UNKNOWN: 'unknown' };

/**
 * Settles a message that has ended; changes nothing if it has not. Locks in the order log row, ledger, balance, item: an entry locks
 * the balance before the items, so the other order could deadlock.
 */
export async function settleOne(context: Context, tx: Transaction, messageUuid: string): Promise<void> {
  const [authority] = await tx.select('send_authority', { message_uuid: messageUuid });
  const [item] = await tx.select('campaign_sms', { message_uuid: messageUuid, settled: false });
  if (authority === undefined || item === undefined) return;
  const { state, tenant_id: tenantId } = authority;
  if (!isTerminal(state)) return;
  const source = authority.holder === 'service' ? 'go' : 'legacy';
  await writeLog(tx, {
    message_uuid: messageUuid,
    tenant_id: tenantId,
    source,
    status: LOGGED[state],
    provider_message_id: authority.provider_message_id,
  });
  await context.parts.settleQuota(context, tx, { messageUuid, tenantId, mode: pinnedMode(item), state, source });
  if (state === 'UNKNOWN') return;
  await tx.update('campaign_sms', { message_uuid: messageUuid }, { settled: true });
}

/** The first settlement inserts the row; a later one changes it only if its status is unknown. */
async function writeLog(tx: Transaction, row: Omit<RowOf<'sms_logs'>, 'created_at'>): Promise<void> {
  const written = await tx.insert('sms_logs', row, { onConflict: 'ignore' });
  if (written !== undefined || row.status === 'unknown') return;
  await tx.update(
    'sms_logs',
    { message_uuid: row.message_uuid, status: 'unknown' },
    { status: row.status, source: row.source, provider_message_id: row.provider_message_id },
  );
}

function isTerminal(state: AuthorityState): state is Settlement {
  return state === 'SENT' || state === 'NOT_SENT' || state === 'UNKNOWN';
}
