// Whether the legacy app had a cause to try a message in ON: a call to the service failed, or no call could be made.
import type { EventOf, HistoryEvent } from '../formats/event.ts';
import type { History } from '../formats/history.ts';
import { answerOf, type Call, callsAt, callsWith } from '../history/calls.ts';
import {
  mayHaveOpenedBreaker,
  refusingBreakerWindows,
  stoppedWindows,
  unreachableWindows,
} from '../history/excuse-windows.ts';
import type { EnteredMessage } from '../history/messages.ts';
import { occasionsBefore } from '../history/occasions.ts';
import { mayPrecede, order } from '../history/ordering.ts';
import { perHistory } from '../history/per-history.ts';
import { SpanIndex } from '../history/span-index.ts';

/** Whether there was a cause; `undecided` when there may have been one that no observer saw. */
export type Cause = { readonly kind: 'given' | 'none' } | { readonly kind: 'undecided'; readonly why: string };

/** Whether the legacy app had a cause to fall back when it tried a message in ON. */
export function fallbackCause(history: History, message: EnteredMessage, attempt: EventOf<'attempt'>): Cause {
  const { messageUuid } = message.entry;
  const own = callsWith(history, 'front', messageUuid).filter((call) => call.dryRun !== true);
  if (mayHaveBeenRefused(history, own, { message, attempt })) return { kind: 'given' };
  const failures = new Set(own.map((call) => failureOf(history, call, { attempt, messageUuid })));
  if (failures.has('before')) return { kind: 'given' };
  if (failures.has('undecided')) return { kind: 'undecided', why: 'a call failed at about the same time' };
  if (own.some((call) => wasStoppedAfter(history, call, attempt))) {
    return {
      kind: 'undecided',
      why: 'the legacy app was stopped after an answer, and its budget may have run out before it read the answer',
    };
  }
  return unseenCause(history, { message, attempt });
}

/** A message, and the attempt that needs a cause. */
interface Judged {
  readonly message: EnteredMessage;
  readonly attempt: HistoryEvent;
}

/**
 * Whether a call for the message may have been refused before any tap saw it, or never have reached the service. The legacy app decides at
 * some time between writing the entry and the attempt. If every occasion before the attempt has a call, the breaker refused none; if each
 * of these calls has an answer, the service was reached.
 */
function mayHaveBeenRefused(history: History, own: readonly Call[], { message, attempt }: Judged): boolean {
  const due = Math.max(1, occasionsBefore(history, message.campaign, attempt));
  const made = own.filter((call) => call.startMicros <= attempt.latest);
  const answered = made.filter((call) => answerOf(call) !== undefined);
  const span = { earliest: message.entry.statementEarliest, latest: attempt.latest };
  return (
    (made.length < due && refusingBreakerWindows(history).someMayOverlap(span)) ||
    (answered.length < due && unreachableWindows(history).someMayOverlap(span))
  );
}

/** Whether the legacy app may have been stopped before it read an answer. When it continues, its own timeout may fire first. */
function wasStoppedAfter(history: History, call: Call, attempt: HistoryEvent): boolean {
  if (call.end === undefined) return false;
  return stoppedWindows(history).someMayOverlap({ earliest: call.end.earliest, latest: attempt.latest });
}

/** Whether a call failed before an attempt; undefined when the call is not a cause. */
function failureOf(
  history: History,
  call: Call,
  judged: { attempt: HistoryEvent; messageUuid: string },
): 'before' | 'undecided' | undefined {
  const { attempt, messageUuid } = judged;
  const { request, end } = call;
  // An abandoned call may stay open at the tap: what counts is how long the legacy app had waited when it sent.
  if (call.endMicros > attempt.earliest && request !== undefined) {
    const waited = timeoutAfter(history, attempt.latest - call.startMicros);
    if (waited !== undefined) return waited;
  }
  if (end === undefined) return undefined;
  const place = order(end, attempt);
  if (place === 'after') return undefined;
  if (hasFailed(end, messageUuid)) return place;
  // A beginning that was observed late makes the call look shorter than it was.
  const observedLateMicros = request === undefined ? 0 : request.latest - request.earliest;
  const waited = timeoutAfter(history, end.elapsedMs * 1_000 + observedLateMicros);
  return waited === 'before' ? place : waited;
}

/**
 * Whether a wait of this length was a timeout: `before` if it certainly was, undefined if not. The legacy app's clock starts before the tap
 * sees the call, and a busy machine may delay the process in between: a wait that looks slightly too short is undecided.
 */
function timeoutAfter({ tolerances }: History, waitedMicros: number): 'before' | 'undecided' | undefined {
  if (waitedMicros >= tolerances.timeoutCauseFromMs * 1_000) return 'before';
  return waitedMicros >= tolerances.timeoutDoubtFromMs * 1_000 ? 'undecided' : undefined;
}

function hasFailed(end: EventOf<'answer'> | EventOf<'call-failed'>, messageUuid: string): boolean {
  if (end.kind === 'call-failed') return end.by === 'server';
  // An answer without a result for the message counts as a failure: an error status, or a body that cannot be read.
  return end.status < 200 || end.status > 299 || !end.results.some((result) => result.messageUuid === messageUuid);
}

/** The ends of the calls whose request could not be read. */
const unreadEnds = perHistory((history) => {
  const calls = callsAt(history, 'front');
  const ends = calls.flatMap(({ request, end }) => (request === undefined && end !== undefined ? [end] : []));
  return new SpanIndex(ends, (end) => end);
});

/** Causes that leave no readable trace: a call broken before its request had passed, a breaker that no observer sees. */
function unseenCause(history: History, { message, attempt }: Judged): Cause {
  const { statementEarliest } = message.entry;
  const ends = unreadEnds(history).touching({ earliest: statementEarliest, latest: attempt.latest });
  if (ends.some((end) => mayPrecede(end, attempt)))
    return { kind: 'undecided', why: 'a call failed before its content could be read' };
  if (!history.vantages.includes('breaker') && mayHaveOpenedBreaker(history, attempt.latest)) {
    return { kind: 'undecided', why: 'the breaker may have been OPEN, and the system does not show it' };
  }
  return { kind: 'none' };
}
