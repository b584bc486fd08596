// Receipts of the network faults between the two taps: data passed one tap and never passed the other, or passed it later. All network
// faults share this file, except `refuse`, which lets no call begin.
import type { HistoryEvent } from '../../formats/event.ts';
import type { Fault } from '../../formats/fault.ts';
import { definitionOf } from '../../faults/catalogue.ts';
import { LINK } from '../../faults/link.ts';
import { answerOf, type Call, type CallPair, eventsOfCall, pairCalls } from '../calls.ts';
import { perHistory } from '../per-history.ts';
import { plannedWindow } from '../planned-window.ts';
import { SpanIndex } from '../span-index.ts';
import { possibleSpan } from '../window-index.ts';
import type { Span, Window } from '../window.ts';
import { downIndex, mayOverlap, surelyCovers } from '../windows.ts';
import { missing, type PlannedFault, type ReceiptEvidence, strongest, tookEffect } from './receipt-evidence.ts';

/** A fault of the link with a window. */
type LinkFault = Extract<Fault, { fromMs: number; untilMs: number }>;

/** Taps and proxy forward within a few milliseconds; what takes longer than this was held back. */
export const NOTICEABLE_MS = 20;

/** What the judge of a call knows besides the call. */
export interface CallContext {
  readonly window: Window;
  /** Whether no other network fault and no crash of the service can explain what the call shows. */
  readonly isAlone: boolean;
}

/** Says what one call shows about a fault; undefined when it shows nothing. */
export type CallJudge = (pair: CallPair, context: CallContext) => ReceiptEvidence | undefined;

/** The receipt of a fault between the taps: the strongest evidence of the calls in its window. */
export function receiptFromCalls(planned: PlannedFault<LinkFault>, judge: CallJudge): ReceiptEvidence {
  const { history, fault, index } = planned;
  const window = plannedWindow(history, index, fault);
  const evidences = pairs(history)
    .touching(possibleSpan(window))
    .map((pair) => {
      const span = spanOf(pair);
      const hasRival = linkFaults(history)
        .touching(span)
        .some((other) => other.index !== index);
      return judge(pair, { window, isAlone: !hasRival && !downIndex(history, 'service').someMayOverlap(span) });
    });
  return strongest(evidences, 'no call in its window had to show its effect');
}

const pairs = perHistory((history) => new SpanIndex(pairCalls(history), spanOf));

function spanOf({ front }: CallPair): Span {
  return { earliest: front.startMicros, latest: front.endMicros };
}

const linkFaults = perHistory((history) => {
  const windows = history.scenario.faults.flatMap((fault, index) =>
    isOfLink(fault) ? [{ index, window: plannedWindow(history, index, fault) }] : [],
  );
  return new SpanIndex(windows, ({ window }) => possibleSpan(window));
});

function isOfLink(fault: Fault): fault is LinkFault {
  return 'untilMs' in fault && definitionOf(fault).place(fault) === LINK;
}

/** The evidence of a request that never passed the back tap. */
export function lostRequest(front: Call): ReceiptEvidence {
  return tookEffect('a request passed the front tap and never the back tap', eventsOfCall(front));
}

/** The evidence of an answer that the caller waited for and never got; undefined when the caller did not wait any longer. */
export function withheldAnswer(front: Call, answered: HistoryEvent): ReceiptEvidence | undefined {
  const waitedMs = (front.endMicros - answered.latest) / 1_000;
  if (waitedMs < NOTICEABLE_MS) return undefined;
  const waited = Number.isFinite(waitedMs) ? `${waitedMs.toFixed(0)} ms more` : 'until the run ended';
  return tookEffect(`the service had answered, the caller waited ${waited} and saw nothing`, [answered, front.end]);
}

/** Judges whether a fault broke the connection between the taps, as a reset or a cut does. */
export function brokenCall(stream: 'upstream' | 'downstream'): CallJudge {
  return ({ front, back, certain }, { window, isAlone }) => {
    const { request, end } = front;
    if (end === undefined || !mayOverlap(window, end)) return undefined;
    if (end.kind === 'call-failed') {
      if (end.by !== 'server' || !isAlone) return undefined;
      const reached = back?.request !== undefined;
      // A downstream fault breaks an answer, so the request must have arrived.
      if (stream === 'downstream' && !reached) return undefined;
      const where = reached ? 'after the request had arrived' : 'before the request arrived';
      const witnesses = [...eventsOfCall(front), back?.end];
      return tookEffect(`the connection broke at the front tap (${end.how}) ${where}`, witnesses);
    }
    const start = stream === 'upstream' ? request : answerOf(back);
    const isWhole = start !== undefined && end.results.length > 0;
    const hadToShow = isWhole && surelyCovers(window, { earliest: start.earliest, latest: end.latest });
    return isAlone && certain && hadToShow ? missing('a whole answer came through', [start, end]) : undefined;
  };
}
