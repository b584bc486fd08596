// The changes of the tenants' accounts, and the messages each was made for.
import type { History } from '../formats/history.ts';
import { perHistory } from '../history/per-history.ts';
import { numberIn, textIn } from '../history/row-values.ts';
import { type Row, statusOf, systemRowsOf } from '../history/rows.ts';

/** One change of an account by a system. */
export interface Decrement {
  readonly row: Row;
  /** The tenant's id as the row says it. */
  readonly tenantId: number;
  /** Units taken; negative when some were given back. */
  readonly units: number;
  /** The balance after it. */
  readonly balance: number;
  /** The uuids whose settlement shares its transaction; empty for a bare decrement. */
  readonly uuids: readonly string[];
}

/** All decrements, in the order of their commits as far as it is known. */
export const decrementsOf: (history: History) => readonly Decrement[] = perHistory((history) => {
  return systemRowsOf(history, 'email_s_m_s_limit_rates').flatMap((row) => {
    const [before, after] = [numberIn(row.before, 'sms'), numberIn(row.after, 'sms')];
    const tenantId = numberIn(row.after, 'owner_id');
    if (before === undefined || after === undefined || tenantId === undefined || before === after) return [];
    return [{ row, tenantId, units: before - after, balance: after, uuids: uuidsIn(history, row.transaction) }];
  });
});

/** The ledger says which message was charged; without a ledger, the log rows of the same transaction do. */
function uuidsIn(history: History, transaction: string): string[] {
  const inTransaction = (table: string): Row[] =>
    systemRowsOf(history, table).filter((row) => row.transaction === transaction);
  const ledger = inTransaction('quota_ledger').filter((row) => textIn(row.after, 'state') === 'charged');
  const logs = inTransaction('sms_logs').filter((row) => ['accepted', 'duplicate'].includes(statusOf(row.after)));
  const uuids = (ledger.length > 0 ? ledger : logs).map((row) => textIn(row.after, 'message_uuid'));
  return [...new Set(uuids.filter((messageUuid) => messageUuid !== ''))];
}
