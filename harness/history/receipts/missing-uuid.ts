// The receipt of a blank uuid: the item's campaign was triggered, and the item's uuid was blank, where that of other items is null.
import type { FaultOf } from '../../faults/catalogue.ts';
import { eventsOf } from '../events-of.ts';
import { itemFinderOf, messagesOf } from '../messages.ts';
import { textIn } from '../row-values.ts';
import { systemRowsOf } from '../rows.ts';
import { idle, missing, type PlannedFault, type ReceiptEvidence, tookEffect } from './receipt-evidence.ts';

/** If a system replaces a null by a uuid for this item, the uuid was not blank. */
export function receiptOfMissingUuid({ history, fault }: PlannedFault<FaultOf<'missing-uuid'>>): ReceiptEvidence {
  const message = messagesOf(history).byItem.get(fault.item);
  const trigger = eventsOf(history, 'trigger').find((event) => event.campaign === message?.campaign);
  if (message === undefined || trigger === undefined) return idle(`${fault.item} was never triggered`);
  const finder = itemFinderOf(history);
  const minted = systemRowsOf(history, 'campaign_sms').find(
    ({ before, after }) =>
      before?.['message_uuid'] === null &&
      finder.find(textIn(after, 'phone'), textIn(after, 'body'))?.item === fault.item,
  );
  return minted !== undefined && textIn(minted.after, 'message_uuid') !== ''
    ? missing(`${fault.item} came without a blank uuid`, [minted])
    : tookEffect(`${fault.item} came with a blank uuid`, [trigger]);
}
