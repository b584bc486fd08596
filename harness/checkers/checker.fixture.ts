// Runs a checker on a history and returns its result in the form that tests compare. Used by tests only.
import assert from 'node:assert';
import type { Checker } from '../formats/finding.ts';
import type { History } from '../formats/history.ts';

/** The result of a checker for one history. */
export interface CheckerResult {
  readonly exercised: number;
  readonly found: readonly string[];
  readonly undecided: readonly string[];
}

/** The kinds of the events that each finding points at, in order. */
export function witnessesOf(checker: Checker, history: History): string[][] {
  return checker
    .check(history)
    .findings.map(({ witnesses }) => witnesses.map((seq) => history.events[seq]?.kind ?? 'no event'));
}

/** Runs a checker and makes sure that its findings point at events and items that exist, and that it leaves the history alone. */
export function runChecker(checker: Checker, history: History): CheckerResult {
  const before = JSON.stringify(history);
  const { property, exercised, findings, undecided } = checker.check(history);
  assert.equal(JSON.stringify(history), before, 'a checker must not change the history');
  assert.equal(property, checker.property);
  for (const finding of findings) {
    assert.equal(finding.property, checker.property);
    assert.ok(finding.witnesses.length > 0, `a finding without a witness: ${finding.message}`);
    assert.ok(finding.witnesses.every((seq) => Number.isInteger(seq) && history.events[seq]?.seq === seq));
    assert.ok(finding.items.every((item) => history.items.some((candidate) => candidate.item === item)));
    const named = history.items.filter(({ item }) => finding.message.split(/[ ,;]+/).includes(item));
    assert.ok(
      named.every(({ item }) => finding.items.includes(item)),
      `an item is named and not listed: ${finding.message}`,
    );
  }
  assert.ok(
    undecided.every((sentence) => sentence !== ''),
    'an undecided sentence must not be empty',
  );
  return { exercised, found: findings.map((finding) => finding.message), undecided };
}
