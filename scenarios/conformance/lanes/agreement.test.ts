// How the two lanes are compared in one scenario: by the faults that took effect and by the verdict. Only a strained machine or disturbed
// observers permit another try.
import { expect, test } from 'vitest';
import type { Judgement } from '../../../harness/evidence/judge.ts';
import { agreementOf, mayTryAgain, type WatchedRun } from './agreement.ts';

const run: Judgement = {
  history: {} as Judgement['history'],
  properties: [],
  receipts: [],
  findings: [],
  observerProblems: [],
  missingReceipts: [],
  goals: new Set(),
  problems: [],
  broken: [],
};
const sim = { verdict: 'violation of S1, S2', bites: ['1: reset downstream'] };
const live: WatchedRun = { ...sim, run, strainedMs: 0 };

test('lanes agree if the same faults took effect and the same set of properties is violated', () => {
  expect(agreementOf(sim, live)).toBe('same');
});

test.each([
  ['violation of S1'],
  ['violation of S1, S2, S9'],
  ['pass'],
  ['inconclusive: no receipt of reset downstream'],
])('lanes do not agree: %s is different', (verdict) => {
  expect(agreementOf(sim, { ...live, verdict })).toBe('different');
});

test('a fault that took effect on one lane only is distinguished from a difference', () => {
  expect(agreementOf(sim, { ...live, verdict: 'pass', bites: [] })).toBe('other faults bit');
  expect(agreementOf(sim, { ...live, bites: ['1: reset downstream', '2: redelivery'] })).toBe('other faults bit');
});

test('runs with observer problems are not compared', () => {
  expect(agreementOf(sim, { ...live, run: undefined })).toBe('not compared');
  expect(agreementOf(sim, { ...live, run: { ...run, observerProblems: ['observer front-tap stalled'] } })).toBe(
    'not compared',
  );
});

test('a difference is tried again only if the machine was strained, and an agreement never', () => {
  const strained = { ...live, strainedMs: 400 };
  expect(mayTryAgain('different', live)).toBe(false);
  expect(mayTryAgain('other faults bit', live)).toBe(false);
  expect(mayTryAgain('different', strained)).toBe(true);
  expect(mayTryAgain('same', strained)).toBe(false);
  expect(mayTryAgain('not compared', live)).toBe(true);
});
