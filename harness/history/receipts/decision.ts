// The receipt of a fault that stands for a decision of the simulator. The simulator did what it decided, so the fault took effect; what is
// to be found are the events that show it. Observers alone could take another disturbance nearby for its effect.
import type { EventOf, HistoryEvent } from '../../formats/event.ts';
import { faultWords } from '../../faults/catalogue.ts';
import { isDeliveryOf, pairCalls, unpairedArrivals } from '../calls.ts';
import { faultApplied } from '../windows.ts';
import { type PlannedFault, type ReceiptEvidence, tookEffect } from './receipt-evidence.ts';

/** The receipt of a decision; `observed` says what observers see of the fault that stands for it. */
export function receiptOfDecision(
  planned: PlannedFault,
  observed: (planned: PlannedFault) => ReceiptEvidence,
): ReceiptEvidence {
  const { history, index, fault } = planned;
  const applied = faultApplied(history, index);
  const evidence = `the simulator decided it: ${faultWords(fault)}`;
  // The provider's stub sees each send by itself.
  const seen = fault.kind === 'provider' ? observed(planned) : undefined;
  if (seen?.state === 'bit') return tookEffect(evidence, [...seen.witnesses, applied]);
  return tookEffect(evidence, [...(applied === undefined ? [] : aboutMessage(planned, applied)), applied]);
}

/** A message between the systems is decided about as soon as it has passed its first tap. */
function aboutMessage({ history, fault }: PlannedFault, applied: HistoryEvent): HistoryEvent[] {
  if (!('stream' in fault) || (fault.kind === 'latency' && fault.heldUp !== undefined)) return [];
  const before = history.events[applied.seq - 1];
  if (before?.earliest !== applied.earliest) return [];
  if (fault.stream === 'upstream') {
    return before.kind === 'request' && before.tap === 'front' ? [before, ...repeated(history, before)] : [];
  }
  return before.kind === 'answer' && before.tap === 'back' ? [before] : [];
}

/** The arrivals of a request after its first one. */
function repeated(history: PlannedFault['history'], request: EventOf<'request'>): HistoryEvent[] {
  const front = pairCalls(history).find((pair) => pair.front.request === request)?.front;
  if (front === undefined) return [];
  return unpairedArrivals(history).flatMap((back) =>
    isDeliveryOf(front, back) && back.request !== undefined ? [back.request] : [],
  );
}
