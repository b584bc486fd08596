// The receipt of a termination: the process was asked to end, and it ended or was killed. It also says whether the process came back.
import type { FaultOf } from '../../faults/catalogue.ts';
import { eventsOf } from '../events-of.ts';
import { restartAfter } from '../windows.ts';
import { idle, type PlannedFault, type ReceiptEvidence, tookEffect } from './receipt-evidence.ts';
import { absent, rank } from './rig-actions.ts';

/** Each termination of a process takes the next request to end that process. */
export function receiptOfTerminate({ history, index, fault }: PlannedFault<FaultOf<'terminate'>>): ReceiptEvidence {
  const place = rank(history, index, (other) => other.kind === 'terminate' && other.process === fault.process);
  const asked = eventsOf(history, 'terminate').filter(({ process }) => process === fault.process)[place];
  if (asked === undefined) return absent(history, `the ${fault.process} was not asked to end`);
  const exit = eventsOf(history, 'exit').find(
    ({ process, latest }) => process === fault.process && latest >= asked.earliest,
  );
  if (exit === undefined) return idle(`the ${fault.process} was not running when it was asked to end`);
  const restart = restartAfter(history, exit);
  const how = exit.isKilled ? 'was killed when its grace period was over' : 'ended by itself';
  const after = restart === undefined ? 'and did not come back' : 'and came back';
  return tookEffect(`the ${fault.process} ${how} ${after}`, [asked, exit, restart]);
}
