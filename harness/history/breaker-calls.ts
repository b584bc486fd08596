// The calls that a breaker is asked about, and what it may or must make of each.
import type { History } from '../formats/history.ts';
import type { Breaker } from './breaker-spells.ts';
import { answerOf, type Call, callsAt } from './calls.ts';
import { unwellWindows } from './excuse-windows.ts';
import { perHistory } from './per-history.ts';

/** The calls of a breaker, in order of their beginning. A call that could not be read may belong to either breaker. */
export function callsOf(history: History, breaker: Breaker): readonly Call[] {
  return calls[breaker](history);
}

const calls = {
  live: perHistory((history) => callsAt(history, 'front').filter(({ dryRun }) => dryRun !== true)),
  dry: perHistory((history) => callsAt(history, 'front').filter(({ dryRun }) => dryRun !== false)),
};

/** When a call may have failed, for its caller: from and until; undefined when it surely succeeded. */
export function possibleFailure(history: History, call: Call): { from: number; until: number } | undefined {
  const { startMicros, end } = call;
  const endLatest = end?.latest ?? Number.POSITIVE_INFINITY;
  const until = endLatest;
  const doubtMicros = history.tolerances.timeoutDoubtFromMs * 1_000;
  const slowFrom = endLatest - startMicros >= doubtMicros ? startMicros + doubtMicros : Number.POSITIVE_INFINITY;
  // A caller that gives up knows it before the tap sees it.
  const isVain = end?.kind === 'call-failed' || (end !== undefined && isBadAnswer(call));
  const from = isVain ? Math.min(slowFrom, end.earliest) : slowFrom;
  if (from < Number.POSITIVE_INFINITY) return { from, until };
  // A caller that was stopped or held up may have found its budget spent.
  return unwellWindows(history).someMayOverlap({ earliest: startMicros, latest: endLatest })
    ? { from: startMicros, until: Number.POSITIVE_INFINITY }
    : undefined;
}

/** A rejected batch says that the service is well; whether a caller counts it so cannot be seen from outside. */
function isBadAnswer(call: Call): boolean {
  const answer = answerOf(call);
  return answer === undefined || answer.status > 299 || answer.results.length === 0;
}

/** Whether the call surely failed: it broke, was given up after its whole budget, or was answered with an error of the service. */
export function surelyFailed({ tolerances }: History, { request, end }: Call): boolean {
  if (request === undefined || end === undefined) return false;
  if (end.kind === 'answer') return end.status >= 500;
  return end.by === 'server' || end.elapsedMs >= tolerances.budgetMs;
}

/** Whether the call surely succeeded: it was answered well, and long before any caller gives up. */
export function surelySucceeded(history: History, call: Call): boolean {
  return answerOf(call) !== undefined && possibleFailure(history, call) === undefined;
}
