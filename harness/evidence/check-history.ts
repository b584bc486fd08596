// Judges one history with all checkers. A checker that lacks a vantage, or that throws, never counts as a pass.
import type { Checker, CheckResult } from '../formats/finding.ts';
import type { History } from '../formats/history.ts';
import type { PropertyResult } from './oracle.ts';
import { CHECKERS } from '../checkers/all-checkers.ts';

/** The result of each checker for the history, in the order of `checkers`. */
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
