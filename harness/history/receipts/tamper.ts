// The receipt of tampering: the rig's own role changed a log row of the item.
import type { FaultOf } from '../../faults/catalogue.ts';
import { eventsOf } from '../events-of.ts';
import { messagesOf } from '../messages.ts';
import { textIn } from '../row-values.ts';
import { imageOf, rowsOf } from '../rows.ts';
import { idle, missing, type PlannedFault, type ReceiptEvidence, tookEffect } from './receipt-evidence.ts';

/** `missing` only when there was something to tamper with: the item had a row in both logs, and a reconciliation ran. */
export function receiptOfTamper({ history, fault }: PlannedFault<FaultOf<'tamper'>>): ReceiptEvidence {
  const messageUuid = messagesOf(history).byItem.get(fault.item)?.entry?.messageUuid;
  if (messageUuid === undefined) return idle(`${fault.item} has no uuid to tamper with`);
  const logRows = [...rowsOf(history, 'sms_logs'), ...rowsOf(history, 'go_sms_logs')].filter(
    (row) => textIn(imageOf(row), 'message_uuid') === messageUuid,
  );
  const tampered = logRows.find((row) => row.role === history.roles.rig);
  if (tampered !== undefined) return tookEffect(`the rig changed ${tampered.table} of ${fault.item}`, [tampered]);
  const hasReconciled = eventsOf(history, 'reconciliation').length > 0;
  const hasBoth = ['sms_logs', 'go_sms_logs'].every((table) =>
    logRows.some((row) => row.table === table && row.after !== null && row.after['dry_run'] !== true),
  );
  if (!hasBoth || !hasReconciled) return idle(`${fault.item} was not in both logs, or no reconciliation ran`);
  return missing(`no log row of ${fault.item} was changed`, logRows);
}
