// The receipt of a crash: the process was seen to end, and to come back.
import type { FaultOf } from '../../faults/catalogue.ts';
import { eventsOf } from '../events-of.ts';
import { restartAfter } from '../windows.ts';
import { type PlannedFault, type ReceiptEvidence, tookEffect } from './receipt-evidence.ts';
import { absent, rank } from './rig-actions.ts';

/** The receipt of a crash. */
export function receiptOfCrash({ history, index, fault }: PlannedFault<FaultOf<'crash'>>): ReceiptEvidence {
  const place = rank(history, index, (other) => other.kind === 'crash' && other.process === fault.process);
  const crash = eventsOf(history, 'crash').filter((event) => event.process === fault.process && event.expected)[place];
  if (crash === undefined) return absent(history, `the ${fault.process} was not killed`);
  const restart = restartAfter(history, crash);
  const after = restart === undefined ? 'and did not come back' : 'and came back';
  return tookEffect(`the ${fault.process} was killed ${after}`, [crash, restart]);
}
