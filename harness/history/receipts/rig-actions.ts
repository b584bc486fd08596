// What the receipts of the rig's own actions share: which of several alike an event belongs to, and what it means that there is none.
import type { Fault } from '../../formats/fault.ts';
import type { HistoryEvent } from '../../formats/event.ts';
import type { History } from '../../formats/history.ts';
import { eventsOf, isQuiescent } from '../events-of.ts';
import { idle, missing, type ReceiptEvidence } from './receipt-evidence.ts';

/** An action of the rig itself that left no trace: certain only at the end of the run. */
export function absent(history: History, evidence: string): ReceiptEvidence {
  const witnesses: readonly HistoryEvent[] = eventsOf(history, 'quiescent');
  return isQuiescent(history) ? missing(evidence, witnesses) : idle(evidence);
}

/** How many faults like this one come before it in time. */
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
