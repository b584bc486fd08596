// The receipt of a fault that represents a decision of the simulator. The simulator did what it decided, so the fault took effect; only the
// events that show it are to be found. A receipt from observers alone could confuse the effect with another disturbance nearby.
import type { EventOf, HistoryEvent } from '../../formats/event.ts';
import { faultWords } from '../../faults/catalogue.ts';
import { isDeliveryOf, pairCalls, unpairedArrivals } from '../calls.ts';
import { faultApplied } from '../windows.ts';
import { type PlannedFault, type ReceiptEvidence, tookEffect } from './receipt-evidence.ts';

/** `observed` gives the receipt that observers alone would give. */
export function receiptOfDecision(
  planned: PlannedFault,
  observed: (planned: PlannedFault) => ReceiptEvidence,
): ReceiptEvidence {
  const { history, index, fault } = planned;
  const applied = faultApplied(history, index);
  const evidence = `the simulator decided it: ${faultWords(fault)}`;
  // The provider stub sees each send separately, so its events are certain.
  const seen = fault.kind === 'provider' ? observed(planned) : undefined;
  if (seen?.state === 'bit') return tookEffect(evidence, [...seen.witnesses, applied]);
  return tookEffect(evidence, [...(applied === undefined ? [] : aboutMessage(planned, applied)), applied]);
}

/** The events of the disturbed request or answer. The simulator decides right after the first tap, so it comes right before `applied`. */
function aboutMessage({ history, fault }: PlannedFault, applied: HistoryEvent): HistoryEvent[] {
  if (!('stream' in fault) || (fault.kind === 'latency' && fault.heldUp !== undefined)) return [];
  const before = history.events[applied.seq - 1];
  if (before?.earliest !== applied.earliest) return [];
  if (fault.stream === 'upstream') {
    return before.kind === 'request' && before.tap === 'front' ? [before, ...repeated(history, before)] : [];
  }
  return before.kind === 'answer' && before.tap === 'back' ? [before] : [];
}

/** The later arrivals of a request that was delivered several times. */
function repeated(history: PlannedFault['history'], request: EventOf<'request'>): HistoryEvent[] {
  const front = pairCalls(history).find((pair) => pair.front.request === request)?.front;
  if (front === undefined) return [];
  return unpairedArrivals(history).flatMap((back) =>
    isDeliveryOf(front, back) && back.request !== undefined ? [back.request] : [],
  );
}
