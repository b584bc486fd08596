// Which calls count for a circuit breaker, and whether each call certainly or possibly failed.
import type { History } from '../formats/history.ts';
import type { Breaker } from './breaker-spells.ts';
import { answerOf, type Call, callsAt } from './calls.ts';
import { unwellWindows } from './excuse-windows.ts';
import { perHistory } from './per-history.ts';

/** The calls that count for a breaker, by start time. A call without a readable request counts for both: it may belong to either. */
export function callsOf(history: History, breaker: Breaker): readonly Call[] {
  return calls[breaker](history);
}

const calls = {
  live: perHistory((history) => callsAt(history, 'front').filter(({ dryRun }) => dryRun !== true)),
  dry: perHistory((history) => callsAt(history, 'front').filter(({ dryRun }) => dryRun !== false)),
};

/** The time in microseconds in which the caller may have counted the call as failed; undefined when it certainly did not. */
export function possibleFailure(history: History, call: Call): { from: number; until: number } | undefined {
  const { startMicros, end } = call;
  const endLatest = end?.latest ?? Number.POSITIVE_INFINITY;
  const until = endLatest;
  const doubtMicros = history.tolerances.timeoutDoubtFromMs * 1_000;
  const slowFrom = endLatest - startMicros >= doubtMicros ? startMicros + doubtMicros : Number.POSITIVE_INFINITY;
  // A caller that gives up counts the failure before the tap sees the end of the call.
  const hasFailed = end?.kind === 'call-failed' || (end !== undefined && isBadAnswer(call));
  const from = hasFailed ? Math.min(slowFrom, end.earliest) : slowFrom;
  if (from < Number.POSITIVE_INFINITY) return { from, until };
  // A caller that was stopped or held up may have run out of its time budget in any call.
  return unwellWindows(history).someMayOverlap({ earliest: startMicros, latest: endLatest })
    ? { from: startMicros, until: Number.POSITIVE_INFINITY }
    : undefined;
}

/** A rejected batch shows that the service works, but some callers count it as a failure; a history cannot tell which. */
function isBadAnswer(call: Call): boolean {
  const answer = answerOf(call);
  return answer === undefined || answer.status > 299 || answer.results.length === 0;
}

/** Whether the call certainly failed: the service broke it, the caller waited for its whole budget, or the answer was a 5xx. */
export function surelyFailed({ tolerances }: History, { request, end }: Call): boolean {
  if (request === undefined || end === undefined) return false;
  if (end.kind === 'answer') return end.status >= 500;
  return end.by === 'server' || end.elapsedMs >= tolerances.budgetMs;
}

/** Whether the call certainly succeeded: it got a good answer, long before any caller gives up. */
export function surelySucceeded(history: History, call: Call): boolean {
  return answerOf(call) !== undefined && possibleFailure(history, call) === undefined;
}
