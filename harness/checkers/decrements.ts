// The changes of the tenants' accounts, and the messages each was made for.
import type { History } from '../formats/history.ts';
import { groupBy } from '../history/group-by.ts';
import { perHistory } from '../history/per-history.ts';
import { numberIn, textIn } from '../history/row-values.ts';
import { type Row, statusOf, systemRowsOf } from '../history/rows.ts';

/** One change of an account by a system. */
export interface Decrement {
  readonly row: Row;
  /** The tenant's id as the row says it. */
  readonly tenantId: number;
  /** Units taken; negative when some were returned. */
  readonly units: number;
  /** The balance after it. */
  readonly balance: number;
  /** The uuids whose settlement shares its transaction; empty for a bare decrement. */
  readonly uuids: readonly string[];
}

/** All decrements, in the order of their commits as far as it is known. */
const decrementsOf = perHistory((history): readonly Decrement[] => {
  return systemRowsOf(history, 'quota_accounts').flatMap((row) => {
    const [before, after] = [numberIn(row.before, 'units'), numberIn(row.after, 'units')];
    const tenantId = numberIn(row.after, 'tenant_id');
    if (before === undefined || after === undefined || tenantId === undefined || before === after) return [];
    return [{ row, tenantId, units: before - after, balance: after, uuids: uuidsIn(history, row.transaction) }];
  });
});

/** The same by the ids of the tenants. */
export const decrementsByTenant: (history: History) => ReadonlyMap<number, readonly Decrement[]> = perHistory(
  (history) => groupBy(decrementsOf(history), ({ tenantId }) => tenantId),
);

/** The messages that an account was changed for. */
interface Charged {
  readonly uuids: ReadonlySet<string>;
  /** Whether a change names no message: it may have been made for any. */
  readonly isOpen: boolean;
}

/** Whether a change of the tenant's account was made for this message, or may have been. */
export function mayBeCharged(history: History, tenantId: number, messageUuid: string): boolean {
  const charged = chargedByTenant(history).get(tenantId);
  return charged !== undefined && (charged.isOpen || charged.uuids.has(messageUuid));
}

const chargedByTenant = perHistory(
  (history): ReadonlyMap<number, Charged> =>
    new Map(
      [...decrementsByTenant(history)].map(([tenantId, decrements]) => [
        tenantId,
        {
          uuids: new Set(decrements.flatMap(({ uuids }) => uuids)),
          isOpen: decrements.some(({ uuids }) => uuids.length === 0),
        },
      ]),
    ),
);

/** The ledger rows that charge a message, by their transactions. */
const ledgerCharges = perHistory((history) =>
  groupBy(systemRowsOf(history, 'quota_ledger'), (row) =>
    textIn(row.after, 'state') === 'charged' ? row.transaction : undefined,
  ),
);

/** The log rows that say a message was sent, by their transactions. */
const sentLogs = perHistory((history) =>
  groupBy(systemRowsOf(history, 'sms_logs'), (row) =>
    SENT_STATUSES.has(statusOf(row.after)) ? row.transaction : undefined,
  ),
);

const SENT_STATUSES = new Set(['accepted', 'duplicate']);

/** The ledger says which message was charged; without a ledger, the log rows of the same transaction do. */
function uuidsIn(history: History, transaction: string): string[] {
  const uuids = (ledgerCharges(history).get(transaction) ?? sentLogs(history).get(transaction) ?? []).map((row) =>
    textIn(row.after, 'message_uuid'),
  );
  return [...new Set(uuids.filter((messageUuid) => messageUuid !== ''))];
}
