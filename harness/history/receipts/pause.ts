// The receipt of a pause: after the answer that triggers the pause, the process does nothing until the pause is over. If the process acted
// on the answer before it was stopped, the receipt is `idle`: this proves nothing for or against the fault.
import type { EventOf } from '../../formats/event.ts';
import type { History } from '../../formats/history.ts';
import type { FaultOf } from '../../faults/catalogue.ts';
import { answerOf, callsAt } from '../calls.ts';
import { eventsOf } from '../events-of.ts';
import { plannedWindow } from '../planned-window.ts';
import type { Window } from '../window.ts';
import { faultWindow, mayOverlap } from '../windows.ts';
import { idle, missing, type PlannedFault, type ReceiptEvidence, tookEffect } from './receipt-evidence.ts';

type Planned = PlannedFault<FaultOf<'pause'>>;

/** An action of a process that observers see. */
type Act = EventOf<'row'> | EventOf<'request'> | EventOf<'attempt'> | EventOf<'log'>;

/** The time of the first action after the answer shows the pause. */
export function receiptOfPause(planned: Planned): ReceiptEvidence {
  const { history, index, fault } = planned;
  const stopped = faultWindow(history, index);
  if (stopped === undefined) return neverStopped(planned);
  const toleranceMs = history.tolerances.budgetEpsilonMs;
  const leastMs = fault.lastsMs - toleranceMs;
  const answer = eventsOf(history, 'answer').findLast(
    (event) => event.tap === 'front' && event.earliest <= stopped.fromLatest,
  );
  const since = answer?.earliest ?? stopped.fromEarliest;
  const acts = actsOf(history, fault.process).filter((act) => beganAt(act) >= since);
  const inside = acts.find((act) => act.kind !== 'log' && isDeepInside(stopped, spanOf(act), toleranceMs));
  if (inside !== undefined) return missing(`the ${fault.process} acted while it had to be stopped`, [answer, inside]);
  const next = acts.toSorted((a, b) => startOf(a) - startOf(b))[0];
  if (next === undefined) return idle(`the ${fault.process} had nothing more to do`);
  if ((stopped.untilEarliest - stopped.fromLatest) / 1_000 < leastMs) return idle('its window ended during the pause');
  const delayMs = (startOf(next) - stopped.fromLatest) / 1_000;
  if (delayMs < leastMs) return idle(`the ${fault.process} had acted before the pause took hold`);
  return tookEffect(`the ${fault.process} was stopped for ${delayMs.toFixed(0)} ms after an answer`, [
    answer,
    ...stopped.witnesses,
    next,
  ]);
}

/** A pause that was never applied is `missing` if an answer certainly passed in its window and no other pause could stop the process. */
function neverStopped({ history, index, fault }: Planned): ReceiptEvidence {
  const window = plannedWindow(history, index, fault);
  const hasRival = history.scenario.faults.some(
    (other, place) =>
      place !== index &&
      other.kind === 'pause' &&
      other.process === fault.process &&
      mayOverlap(plannedWindow(history, place, other), { earliest: window.fromEarliest, latest: window.untilLatest }),
  );
  const toleranceMs = history.tolerances.budgetEpsilonMs;
  const passed = callsAt(history, 'front')
    .map(answerOf)
    .find((answer) => answer !== undefined && isDeepInside(window, answer, toleranceMs));
  if (passed === undefined || hasRival) return idle(`no answer passed to the ${fault.process} in its window`);
  return missing(`an answer passed to the ${fault.process}, which was not stopped`, [passed]);
}

/** Whether a span lies in a window that is narrowed by the tolerance at both ends. */
function isDeepInside(window: Window, span: { earliest: number; latest: number }, toleranceMs: number): boolean {
  const micros = toleranceMs * 1_000;
  return window.fromLatest + micros < span.earliest && span.latest < window.untilEarliest - micros;
}

/** The latest time at which an action began: the statement that wrote a row; for all else, which is instantaneous, when it was seen. */
function beganAt(act: Act): number {
  return act.kind === 'row' ? act.statementEarliest : act.latest;
}

/** The earliest time at which an action may have begun. */
function startOf(act: Act): number {
  return act.kind === 'row' ? act.statementEarliest : act.earliest;
}

function spanOf(act: Act): { earliest: number; latest: number } {
  return { earliest: startOf(act), latest: act.latest };
}

function actsOf(history: History, process: 'legacy'): Act[] {
  return [
    ...eventsOf(history, 'row').filter((row) => row.role === history.roles[process]),
    ...eventsOf(history, 'request').filter((request) => request.tap === 'front'),
    ...eventsOf(history, 'attempt').filter((attempt) => attempt.system === process),
    ...eventsOf(history, 'log').filter((line) => line.process === process),
  ];
}
