// The receipt of a crash: the nemesis killed the process. It also says whether the process came back.
import type { FaultOf } from '../../faults/catalogue.ts';
import { eventsOf } from '../events-of.ts';
import { restartAfter } from '../windows.ts';
import { type PlannedFault, type ReceiptEvidence, tookEffect } from './receipt-evidence.ts';
import { absent, rank } from './rig-actions.ts';

/** Each crash of a process takes the next kill of that process. */
export function receiptOfCrash({ history, index, fault }: PlannedFault<FaultOf<'crash'>>): ReceiptEvidence {
  const place = rank(history, index, (other) => other.kind === 'crash' && other.process === fault.process);
  const crash = eventsOf(history, 'crash').filter((event) => event.process === fault.process && event.expected)[place];
  if (crash === undefined) return absent(history, `the ${fault.process} was not killed`);
  const restart = restartAfter(history, crash);
  const after = restart === undefined ? 'and did not come back' : 'and came back';
  return tookEffect(`the ${fault.process} was killed ${after}`, [crash, restart]);
}
