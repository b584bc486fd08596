// Receipts of the faults between the two taps: what passed one tap did not pass the other, or passed it later. Shared by the faults of the
// link that let calls begin.
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

/** How one call is looked at. */
export interface CallContext {
  readonly window: Window;
  /** Whether no other fault of the network or crash of the service could be the cause of what the call shows. */
  readonly isAlone: boolean;
}

/** What one call, as both taps saw it, says about a fault. */
export type CallJudge = (pair: CallPair, context: CallContext) => ReceiptEvidence | undefined;

/** The receipt of a fault between the taps: what the calls in its window say. */
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
  return strongest(evidences, 'no call in its window had to show it');
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

/** A request that never passes the back tap. */
export function lostRequest(front: Call): ReceiptEvidence {
  return tookEffect('a request passed the front tap and never the back tap', eventsOfCall(front));
}

/** The service had answered, and the caller waited on without seeing it. */
export function withheldAnswer(front: Call, answered: HistoryEvent): ReceiptEvidence | undefined {
  const waitedMs = (front.endMicros - answered.latest) / 1_000;
  if (waitedMs < NOTICEABLE_MS) return undefined;
  const waited = Number.isFinite(waitedMs) ? `${waitedMs.toFixed(0)} ms` : 'to the end';
  return tookEffect(`the service had answered, the caller waited ${waited} more and saw nothing`, [
    answered,
    front.end,
  ]);
}

/** A connection that is broken on its way, as a reset and a cut do it. */
export function brokenCall(stream: 'upstream' | 'downstream'): CallJudge {
  return ({ front, back, certain }, { window, isAlone }) => {
    const { request, end } = front;
    if (end === undefined || !mayOverlap(window, end)) return undefined;
    if (end.kind === 'call-failed') {
      if (end.by !== 'server' || !isAlone) return undefined;
      const reached = back?.request !== undefined;
      // Downstream faults break what is on its way back: the request must have come through.
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
