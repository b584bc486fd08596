// The receipt of a planted breaker: the rig's own row says OPEN.
import type { FaultOf } from '../../faults/catalogue.ts';
import { textIn } from '../row-values.ts';
import { rowsOf } from '../rows.ts';
import { breakerWindows } from '../windows.ts';
import { idle, type PlannedFault, type ReceiptEvidence, tookEffect } from './receipt-evidence.ts';
import { absent, rank } from './rig-actions.ts';

/** The receipt of a planted breaker. */
export function receiptOfBreakerOpen(planned: PlannedFault<FaultOf<'breaker-open'>>): ReceiptEvidence {
  const { history, fault, index } = planned;
  const place = rank(history, index, (other) => other.kind === 'breaker-open' && other.breaker === fault.breaker);
  const planted = rowsOf(history, 'messaging_breakers').filter((row) => {
    const name = textIn(row.after, 'name');
    const isOpen = textIn(row.after, 'state').toUpperCase() === 'OPEN';
    return row.role === history.roles.rig && isOpen && (name === '' || name === fault.breaker);
  });
  const row = planted[place] ?? planted.at(-1);
  if (row !== undefined) return tookEffect(`the ${fault.breaker} breaker was put into OPEN`, [row]);
  if (!history.vantages.includes('breaker')) return idle('the system shows no breaker');
  if (breakerWindows(history, fault.breaker, ['OPEN']).length > 0) return idle('the breaker was OPEN already');
  return absent(history, `the ${fault.breaker} breaker was not put into OPEN`);
}
