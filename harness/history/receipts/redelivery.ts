// The receipt of a redelivery: the campaign was triggered once more.
import type { FaultOf } from '../../faults/catalogue.ts';
import { eventsOf } from '../events-of.ts';
import { type PlannedFault, type ReceiptEvidence, tookEffect } from './receipt-evidence.ts';
import { absent, rank } from './rig-actions.ts';

/** The first trigger of a campaign is the user's; each redelivery takes the next one. */
export function receiptOfRedelivery({ history, index, fault }: PlannedFault<FaultOf<'redelivery'>>): ReceiptEvidence {
  const place = rank(history, index, (other) => other.kind === 'redelivery' && other.campaign === fault.campaign);
  const trigger = eventsOf(history, 'trigger').filter((event) => event.campaign === fault.campaign)[place + 1];
  if (trigger === undefined) return absent(history, `${fault.campaign} was not triggered again`);
  return tookEffect(`${fault.campaign} was triggered again`, [trigger]);
}
