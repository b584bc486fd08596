// Judges one history by all checkers. A checker that cannot see, or that fails itself, never counts as a pass.
import type { Checker, CheckResult } from '../formats/finding.ts';
import type { History } from '../formats/history.ts';
import { CHECKERS } from '../checkers/all-checkers.ts';

/** The result of one checker, or why there is none. */
export type JudgedProperty = CheckResult & {
  /** False when the history lacks a vantage of the property: NOT OBSERVED. */
  readonly observed: boolean;
  /** What the checker threw; present only if it failed, and then nothing else here means anything. */
  readonly crashed?: string;
};

/** What each checker says of the history, in the order of the reports. */
export function judgeHistory(history: History, checkers: readonly Checker[] = CHECKERS): JudgedProperty[] {
  return checkers.map((checker) => judge(history, checker));
}

function judge(history: History, checker: Checker): JudgedProperty {
  const nothing: CheckResult = { property: checker.property, exercised: 0, findings: [], undecided: [] };
  if (!checker.vantages.every((vantage) => history.vantages.includes(vantage))) return { ...nothing, observed: false };
  try {
    const { property, exercised, findings, undecided } = checker.check(history);
    return { property, exercised, findings, undecided, observed: true };
  } catch (error) {
    return { ...nothing, observed: true, crashed: error instanceof Error ? error.message : String(error) };
  }
}
