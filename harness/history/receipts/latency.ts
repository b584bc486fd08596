// The receipt of latency: a request or an answer passed the second tap later than the first by the delay, or never.
import type { HistoryEvent } from '../../formats/event.ts';
import type { FaultOf } from '../../faults/catalogue.ts';
import { answerOf } from '../calls.ts';
import type { Window } from '../window.ts';
import { mayOverlap, surelyCovers } from '../windows.ts';
import { type CallJudge, lostRequest, NOTICEABLE_MS, receiptFromCalls, withheldAnswer } from './link-calls.ts';
import { missing, type PlannedFault, type ReceiptEvidence, tookEffect } from './receipt-evidence.ts';

type Latency = FaultOf<'latency'>;

/** Requests show a delay upstream, answers a delay downstream. */
export function receiptOfLatency(planned: PlannedFault<Latency>): ReceiptEvidence {
  const { fault } = planned;
  return receiptFromCalls(planned, fault.stream === 'upstream' ? lateRequest(fault) : lateAnswer(fault));
}

function lateRequest(fault: Latency): CallJudge {
  return ({ front, back, certain }, { window, isAlone }) => {
    const sent = front.request;
    if (sent === undefined || !mayOverlap(window, sent)) return undefined;
    const arrived = back?.request;
    if (arrived === undefined) return isAlone ? lostRequest(front) : undefined;
    return judgeDelay({ fault, window, from: sent, to: arrived, isDecisive: isAlone && certain });
  };
}

function lateAnswer(fault: Latency): CallJudge {
  return ({ front, back, certain }, { window, isAlone }) => {
    const answered = answerOf(back);
    if (answered === undefined || !mayOverlap(window, answered)) return undefined;
    const received = answerOf(front);
    if (received === undefined) return withheldAnswer(front, answered);
    return judgeDelay({ fault, window, from: answered, to: received, isDecisive: isAlone && certain });
  };
}

function judgeDelay(passage: {
  fault: Latency;
  window: Window;
  from: HistoryEvent;
  to: HistoryEvent;
  isDecisive: boolean;
}): ReceiptEvidence | undefined {
  const { fault, window, from, to, isDecisive } = passage;
  const leastMs = fault.latencyMs - fault.jitterMs;
  const delayMs = (to.earliest - from.latest) / 1_000;
  const what = fault.stream === 'upstream' ? 'a request' : 'an answer';
  const seen = `${what} passed the second tap ${delayMs.toFixed(0)} ms after the first`;
  if (delayMs >= Math.max(2, 0.8 * leastMs)) return tookEffect(seen, [from, to]);
  // Delayed data is forwarded at once when the fault is healed, so only a window that is longer than the delay is decisive.
  const latest = from.latest + (fault.latencyMs + fault.jitterMs) * 1_000;
  const hadToShow = surelyCovers(window, { earliest: from.earliest, latest });
  const isPrompt = leastMs >= NOTICEABLE_MS && delayMs < 0.5 * leastMs;
  return isDecisive && hadToShow && isPrompt ? missing(seen, [from, to]) : undefined;
}
