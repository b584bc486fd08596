// The receipt of a repeated uuid: the client sent it to the service again with another payload.
import type { FaultOf } from '../../faults/catalogue.ts';
import { eventsOf } from '../events-of.ts';
import { idle, type PlannedFault, type ReceiptEvidence, tookEffect } from './receipt-evidence.ts';
import { rank } from './rig-actions.ts';

/** `idle` when the client saw no attempt, or no request with the uuid: then it had nothing to repeat. */
export function receiptOfRepeat({ history, index, fault }: PlannedFault<FaultOf<'repeat'>>): ReceiptEvidence {
  const { item, changes } = fault;
  const recipient = history.items.find((planned) => planned.item === item)?.recipient;
  const place = rank(
    history,
    index,
    (other) => other.kind === 'repeat' && other.item === item && other.changes === changes,
  );
  const asked = eventsOf(history, 'repeat').filter(
    (event) => event.item === item && (event.recipient !== recipient) === (changes === 'number'),
  )[place];
  if (asked === undefined) return idle(`no attempt of the service to send ${item} was seen in time`);
  const answer = asked.result ?? (asked.status === null ? 'no answer' : `status ${asked.status}`);
  return tookEffect(`the uuid of ${item} was repeated with another ${changes}: ${answer}`, [asked]);
}
