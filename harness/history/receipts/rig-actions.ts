// Shared by the receipts of the rig's own actions: which of several equal faults an event belongs to, and what a missing event means.
import type { Fault } from '../../formats/fault.ts';
import type { HistoryEvent } from '../../formats/event.ts';
import type { History } from '../../formats/history.ts';
import { eventsOf, isQuiescent } from '../events-of.ts';
import { idle, missing, type ReceiptEvidence } from './receipt-evidence.ts';

/** The receipt of an action of the rig without an event: `missing` if the run reached quiescence; before that, the event may still come. */
export function absent(history: History, evidence: string): ReceiptEvidence {
  const witnesses: readonly HistoryEvent[] = eventsOf(history, 'quiescent');
  return isQuiescent(history) ? missing(evidence, witnesses) : idle(evidence);
}

/** How many equal faults come before this one in time. */
export function rank(history: History, index: number, isAlike: (fault: Fault) => boolean): number {
  const ordered = history.scenario.faults
    .map((fault, place) => ({ fault, place }))
    .filter(({ fault }) => isAlike(fault))
    .toSorted((a, b) => beginning(a.fault) - beginning(b.fault));
  return ordered.findIndex(({ place }) => place === index);
}

function beginning(fault: Fault): number {
  if ('atMs' in fault) return fault.atMs;
  return 'fromMs' in fault ? fault.fromMs : 0;
}
