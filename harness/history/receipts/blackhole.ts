// The receipt of a blackhole: what passed one tap never passed the other.
import type { FaultOf } from '../../faults/catalogue.ts';
import { answerOf } from '../calls.ts';
import { mayOverlap, surelyCovers } from '../windows.ts';
import { type CallJudge, lostRequest, receiptFromCalls, withheldAnswer } from './link-calls.ts';
import { missing, type PlannedFault, type ReceiptEvidence } from './receipt-evidence.ts';

/** The receipt of a blackhole. */
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
  if (received === undefined) return withheldAnswer(front, answered);
  return isAlone && certain && surelyCovers(window, { earliest: answered.earliest, latest: received.latest })
    ? missing('an answer passed both taps', [answered, received])
    : undefined;
};
