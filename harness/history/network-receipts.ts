// Receipts of the faults between the two taps: what passed one tap did not pass the other, or passed it later.
import type { Fault } from '../formats/fault.ts';
import type { HistoryEvent } from '../formats/event.ts';
import { answerOf, type Call, type CallPair, eventsOfCall, pairCalls } from './calls.ts';
import { plannedWindow } from './planned-window.ts';
import { bit, missing, type PlannedFault, type Sighting, strongest } from './receipt.ts';
import { downWindows, mayOverlap, surelyCovers, type Window } from './windows.ts';

/** A fault that stands between the taps and lets calls begin. */
export type NetworkFault = Extract<Fault, { kind: 'latency' | 'blackhole' | 'reset' | 'cut' }>;

/** Taps and proxy forward within a few milliseconds; what takes longer than this was held back. */
const NOTICEABLE_MS = 20;

/** Every batch request and every answer with results is longer than this, headers included, whatever the HTTP library. */
const SHORTEST_PASSAGE_BYTES = 120;

/** How one call is looked at. */
interface Sight {
  readonly window: Window;
  /** Whether no other fault of the network or crash of the service could be the cause of what the call shows. */
  readonly isAlone: boolean;
}

type Judge = (pair: CallPair, sight: Sight) => Sighting | undefined;

/** Whether a fault is one of the network, as seen between the taps. */
export function isNetworkFault(fault: Fault): fault is NetworkFault {
  return fault.kind === 'latency' || fault.kind === 'blackhole' || fault.kind === 'reset' || fault.kind === 'cut';
}

/** The receipt of a fault between the taps. */
export function sightNetworkFault(planned: PlannedFault<NetworkFault>): Sighting {
  const { history, fault, index } = planned;
  const window = plannedWindow(history, index, fault);
  const rivals = history.scenario.faults.flatMap((other, place) =>
    place !== index && (isNetworkFault(other) || other.kind === 'refuse') ? [plannedWindow(history, place, other)] : [],
  );
  const disturbances = [...rivals, ...downWindows(history, 'service')];
  const judge = judgeOf(fault);
  const sightings = pairCalls(history).map((pair) => {
    const span = { earliest: pair.front.startMicros, latest: pair.front.endMicros };
    if (!mayOverlap(window, span)) return undefined;
    return judge(pair, { window, isAlone: !disturbances.some((other) => mayOverlap(other, span)) });
  });
  return strongest(sightings, 'no call in its window had to show it');
}

function judgeOf(fault: NetworkFault): Judge {
  switch (fault.kind) {
    case 'latency':
      return fault.stream === 'upstream' ? lateRequest(fault) : lateAnswer(fault);
    case 'blackhole':
      return fault.stream === 'upstream' ? lostRequest : lostAnswer;
    case 'reset':
      return brokenCall(fault.stream);
    default:
      return fault.bytes <= SHORTEST_PASSAGE_BYTES ? brokenCall(fault.stream) : onlyBit(brokenCall(fault.stream));
  }
}

function lateRequest(fault: Extract<NetworkFault, { kind: 'latency' }>): Judge {
  return ({ front, back, certain }, { window, isAlone }) => {
    const sent = front.request;
    if (sent === undefined || !mayOverlap(window, sent)) return undefined;
    const arrived = back?.request;
    if (arrived === undefined) {
      return isAlone ? bit('a request passed the front tap and never the back tap', eventsOfCall(front)) : undefined;
    }
    return judgeDelay({ fault, window, from: sent, to: arrived, isDecisive: isAlone && certain });
  };
}

function lateAnswer(fault: Extract<NetworkFault, { kind: 'latency' }>): Judge {
  return ({ front, back, certain }, { window, isAlone }) => {
    const answered = answerOf(back);
    if (answered === undefined || !mayOverlap(window, answered)) return undefined;
    const received = answerOf(front);
    if (received === undefined) return withheldAnswer(front, answered);
    return judgeDelay({ fault, window, from: answered, to: received, isDecisive: isAlone && certain });
  };
}

function judgeDelay(passage: {
  fault: Extract<NetworkFault, { kind: 'latency' }>;
  window: Window;
  from: HistoryEvent;
  to: HistoryEvent;
  isDecisive: boolean;
}): Sighting | undefined {
  const { fault, window, from, to, isDecisive } = passage;
  const leastMs = fault.latencyMs - fault.jitterMs;
  const delayMs = (to.earliest - from.latest) / 1_000;
  const seen = `${fault.stream} passed the second tap ${delayMs.toFixed(0)} ms after the first`;
  if (delayMs >= Math.max(2, 0.8 * leastMs)) return bit(seen, [from, to]);
  // Data that is held back when the fault is healed goes on at once, so only a window that outlasts the delay is decisive.
  const latest = from.latest + (fault.latencyMs + fault.jitterMs) * 1_000;
  const hadToShow = surelyCovers(window, { earliest: from.earliest, latest });
  const isPrompt = leastMs >= NOTICEABLE_MS && delayMs < 0.5 * leastMs;
  return isDecisive && hadToShow && isPrompt ? missing(seen, [from, to]) : undefined;
}

const lostRequest: Judge = ({ front, back, certain }, { window, isAlone }) => {
  const sent = front.request;
  if (sent === undefined || !isAlone || !mayOverlap(window, sent)) return undefined;
  const arrived = back?.request;
  if (arrived === undefined) return bit('a request passed the front tap and never the back tap', eventsOfCall(front));
  return certain && surelyCovers(window, { earliest: sent.earliest, latest: arrived.latest })
    ? missing('a request passed both taps', [sent, arrived])
    : undefined;
};

const lostAnswer: Judge = ({ front, back, certain }, { window, isAlone }) => {
  const answered = answerOf(back);
  if (answered === undefined || !mayOverlap(window, answered)) return undefined;
  const received = answerOf(front);
  if (received === undefined) return withheldAnswer(front, answered);
  return isAlone && certain && surelyCovers(window, { earliest: answered.earliest, latest: received.latest })
    ? missing('an answer passed both taps', [answered, received])
    : undefined;
};

/** The service had answered, and the caller waited on without seeing it. */
function withheldAnswer(front: Call, answered: HistoryEvent): Sighting | undefined {
  const waitedMs = (front.endMicros - answered.latest) / 1_000;
  if (waitedMs < NOTICEABLE_MS) return undefined;
  const waited = Number.isFinite(waitedMs) ? `${waitedMs.toFixed(0)} ms` : 'to the end';
  return bit(`the service had answered, the caller waited ${waited} more and saw nothing`, [answered, front.end]);
}

function brokenCall(stream: 'upstream' | 'downstream'): Judge {
  return ({ front, back, certain }, { window, isAlone }) => {
    const { request, end } = front;
    if (end === undefined || !mayOverlap(window, end)) return undefined;
    if (end.kind === 'call-failed') {
      if (end.by !== 'server' || !isAlone) return undefined;
      const reached = back?.request !== undefined;
      // Downstream faults break what is on its way back: the request must have come through.
      if (stream === 'downstream' && !reached) return undefined;
      const where = reached ? 'after the request had arrived' : 'before the request arrived';
      return bit(`the connection broke at the front tap (${end.how}) ${where}`, [...eventsOfCall(front), back?.end]);
    }
    const start = stream === 'upstream' ? request : answerOf(back);
    const isWhole = start !== undefined && end.results.length > 0;
    const hadToShow = isWhole && surelyCovers(window, { earliest: start.earliest, latest: end.latest });
    return isAlone && certain && hadToShow ? missing('a whole answer came through', [start, end]) : undefined;
  };
}

function onlyBit(judge: Judge): Judge {
  return (pair, sight) => {
    const seen = judge(pair, sight);
    return seen?.state === 'bit' ? seen : undefined;
  };
}
