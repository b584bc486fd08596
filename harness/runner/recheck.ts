// Re-checks a stored history: judges it again without running anything, and compares the findings with the stored ones.
import { isDeepStrictEqual } from 'node:util';
import { firstProblem, judge } from '../evidence/judge.ts';
import type { Oracle } from '../evidence/oracle.ts';
import type { Counterexample } from '../formats/counterexample.ts';
import { historySchema } from '../formats/history.ts';

/** Whether a stored history shows its findings again, and if not, why. */
export type Recheck = { readonly confirmed: true } | { readonly confirmed: false; readonly reason: string };

/**
 * Judges the stored form of a history, as a later reader of the file does, and compares the result with the stored findings. Only a
 * violation that is confirmed in this way counts in a verdict.
 */
export function recheck(stored: Pick<Counterexample, 'history' | 'findings'>, oracle: Oracle): Recheck {
  const history = historySchema.safeParse(JSON.parse(JSON.stringify(stored.history)));
  if (!history.success) return { confirmed: false, reason: 'the stored history is not a valid document' };
  const judgement = judge({ history: history.data }, oracle);
  const crash = firstProblem(judgement, 'self-check');
  if (crash !== undefined) return { confirmed: false, reason: crash.message };
  if (stored.findings.length === 0) return { confirmed: false, reason: 'no finding was stored' };
  if (!isDeepStrictEqual(judgement.findings, stored.findings)) {
    return { confirmed: false, reason: 'the stored history shows other findings than those stored with it' };
  }
  return { confirmed: true };
}
