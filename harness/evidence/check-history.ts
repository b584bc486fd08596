// Judges one history by all checkers. A checker that cannot see, or that fails itself, never counts as a pass.
import type { Checker, CheckResult } from '../formats/finding.ts';
import type { History } from '../formats/history.ts';
import type { PropertyResult } from './oracle.ts';
import { CHECKERS } from '../checkers/all-checkers.ts';

/** What each checker says of the history, in the order of the reports. */
export function judgeHistory(history: History, checkers: readonly Checker[] = CHECKERS): PropertyResult[] {
  return checkers.map((checker) => judge(history, checker));
}

function judge(history: History, checker: Checker): PropertyResult {
  const nothing: CheckResult = { property: checker.property, exercised: 0, findings: [], undecided: [] };
  if (!checker.vantages.every((vantage) => history.vantages.includes(vantage))) return { ...nothing, observed: false };
  try {
    const { property, exercised, findings, undecided } = checker.check(history);
    return { property, exercised, findings, undecided, observed: true };
  } catch (error) {
    return { ...nothing, observed: true, crashed: error instanceof Error ? error.message : String(error) };
  }
}
