// The receipt of a blackhole: what passed one tap never passed the other.
import type { FaultOf } from '../../faults/catalogue.ts';
import type { HistoryEvent } from '../../formats/event.ts';
import { answerOf, type Call } from '../calls.ts';
import { mayOverlap, surelyCovers } from '../windows.ts';
import { type CallJudge, lostRequest, receiptFromCalls, withheldAnswer } from './link-calls.ts';
import { missing, type PlannedFault, type ReceiptEvidence, tookEffect } from './receipt-evidence.ts';

/** Requests show an upstream blackhole, answers a downstream one. */
export function receiptOfBlackhole(planned: PlannedFault<FaultOf<'blackhole'>>): ReceiptEvidence {
  return receiptFromCalls(planned, planned.fault.stream === 'upstream' ? swallowedRequest : swallowedAnswer);
}

const swallowedRequest: CallJudge = ({ front, back, certain }, { window, isAlone }) => {
  const sent = front.request;
  if (sent === undefined || !isAlone || !mayOverlap(window, sent)) return undefined;
  const arrived = back?.request;
  if (arrived === undefined) return lostRequest(front);
  return certain && surelyCovers(window, { earliest: sent.earliest, latest: arrived.latest })
    ? missing('a request passed both taps', [sent, arrived])
    : undefined;
};

const swallowedAnswer: CallJudge = ({ front, back, certain }, { window, isAlone }) => {
  const answered = answerOf(back);
  if (answered === undefined || !mayOverlap(window, answered)) return undefined;
  const received = answerOf(front);
  if (received === undefined)
    return withheldAnswer(front, answered) ?? (isAlone ? closedEmpty(front, answered) : undefined);
  return isAlone && certain && surelyCovers(window, { earliest: answered.earliest, latest: received.latest })
    ? missing('an answer passed both taps', [answered, received])
    : undefined;
};

/** The evidence of a swallowed answer whose call ended because the service closed the connection. */
function closedEmpty({ end }: Call, answered: HistoryEvent): ReceiptEvidence | undefined {
  if (end?.kind !== 'call-failed' || end.by !== 'server' || end.answerBytes > 0) return undefined;
  return tookEffect('the service had answered and closed the connection, and the caller saw nothing of the answer', [
    answered,
    end,
  ]);
}
