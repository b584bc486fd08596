import { expect, test } from 'vitest';
import type { Violation } from '../execution/search-space.ts';
import type { Deviation } from '../formats/case.ts';
import { choose, Findings, isFaultless } from './findings.ts';
import { scriptedScenario } from './executor.fixture.ts';

const late: Deviation = { site: 'answer', key: 'batch-1', attempt: 0, choice: 'late' };

const violating = (deviations: number, ...fingerprints: string[]): Violation => ({
  case: { scenario: scriptedScenario(), deviations: Array.from({ length: deviations }, () => late) },
  broken: fingerprints,
  fingerprints,
});

const found = (...violations: readonly Violation[]) => {
  const findings = new Findings<Violation, string>();
  for (const [index, violation] of violations.entries()) findings.add(violation, `task ${index}`);
  return findings.all();
};

test('findings keep the smallest case of each fingerprint, and the first of equally small ones', () => {
  const all = found(violating(2, 'S1: a'), violating(1, 'S1: a', 'S9: b'), violating(1, 'S1: a'));
  expect(all.map(({ fingerprint, task }) => [fingerprint, task])).toEqual([
    ['S1: a', 'task 1'],
    ['S9: b', 'task 1'],
  ]);
});

test('a finding that needs no fault does not displace findings that need one', () => {
  const faces = Array.from({ length: 16 }, (_, index) => violating(1, `S9: face ${index}`));
  const chosen = choose(found(violating(0, 'S10: always'), ...faces, violating(1, 'S1: rare')));
  expect(chosen.map(({ fingerprint }) => fingerprint)).toEqual([
    'S10: always',
    ...faces.slice(0, 15).map(({ fingerprints }) => fingerprints[0]),
    'S1: rare',
  ]);
  expect([isFaultless(violating(0, 'S1')), isFaultless(violating(1, 'S1'))]).toEqual([true, false]);
});

test('findings keep a limited number of fingerprints of one property, so that they hide no other property', () => {
  const faces = Array.from({ length: 40 }, (_, index) => violating(1, `S9: face ${index}`));
  const all = found(...faces, violating(3, 'S1: rare'));
  expect(all).toHaveLength(17);
  expect(choose(all).map(({ fingerprint }) => fingerprint)).toContain('S1: rare');
});
