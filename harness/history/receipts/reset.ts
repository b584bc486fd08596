// The receipt of a reset: the connection broke at the front tap.
import type { FaultOf } from '../../faults/catalogue.ts';
import { brokenCall, receiptFromCalls } from './link-calls.ts';
import type { PlannedFault, ReceiptEvidence } from './receipt-evidence.ts';

/** A reset must break every call in its window. */
export function receiptOfReset(planned: PlannedFault<FaultOf<'reset'>>): ReceiptEvidence {
  return receiptFromCalls(planned, brokenCall(planned.fault.stream));
}
