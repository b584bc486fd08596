import { expect, test } from 'vitest';
import { PROBLEM_CODES } from '../harness/formats/evidence.ts';
import { DESCRIBED_CODES, describeReason } from './describe-reason.ts';

const subject = 'S9';
const numbers = {};

test('every problem of a run has a sentence', () => {
  expect(DESCRIBED_CODES).toEqual(expect.arrayContaining([...PROBLEM_CODES]));
});

test.each([
  ['property-violated', { violations: 1 }, 'S9 QuotaOnce was violated 1 time'],
  [
    'property-exercised-too-rarely',
    { exercised: 0, minimum: 10 },
    'S9 QuotaOnce was exercised 0 times, at least 10 are needed',
  ],
  ['fault-took-effect-too-rarely', { bit: 0, minimum: 1 }, "fault 'S9' was observed in 0 runs, at least 1 are needed"],
  ['violation/deadlock', { count: 1 }, 'S9'],
  ['infrastructure', { count: 3 }, 'S9; 3 runs in all'],
])('the reason %s is a sentence with its numbers', (code, given, sentence) => {
  expect(describeReason({ code, subject, numbers: given })).toBe(sentence);
});

test('a property that was undecided too often says what was not known, if the evidence has kept it', () => {
  const reason = { code: 'property-undecided', subject, numbers: { undecided: 3, chances: 12 } };
  const sentence = 'S9 QuotaOnce was undecided in 3 of its 12 chances, more than one in ten';
  expect(describeReason(reason)).toBe(sentence);
  const example = 'for which messages of t1 2 units had been taken';
  expect(describeReason({ ...reason, example })).toBe(`${sentence}; not known, for example: ${example}`);
});

test('a reason of one lane among several names the lane', () => {
  expect(describeReason({ code: 'goal-not-reached', subject, numbers, lane: 'sim' })).toBe('sim: never reached: S9');
});

test('an unknown code is printed with its subject', () => {
  expect(describeReason({ code: 'from-a-later-version', subject, numbers })).toBe('from-a-later-version S9');
});
