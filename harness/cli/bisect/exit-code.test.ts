import { expect, test } from 'vitest';
import { bisectCode, codeForBisect, isForBisect } from './exit-code.ts';

test('for `git bisect run` only FIXED is good and only the same failure is bad; any other result is untestable', () => {
  expect(bisectCode({ outcome: 'FIXED', verdict: 'pass' })).toBe(0);
  expect(bisectCode({ outcome: 'FAILED', verdict: 'violation', isSame: true })).toBe(1);
  expect(bisectCode({ outcome: 'FAILED', verdict: 'violation', isSame: false })).toBe(125);
  expect(bisectCode({ outcome: 'CHANGED', verdict: 'violation', isSame: false })).toBe(125);
  expect(bisectCode({ outcome: 'STALE', verdict: 'inconclusive' })).toBe(125);
  expect(bisectCode({ outcome: 'ERROR', verdict: 'self-check' })).toBe(125);
});

test('an exit code for trouble of the rig never means a bad commit, and a signal ends the bisection', () => {
  expect([0, 1, 2, 3, 4, 5, 13, 125, 130].map((code) => codeForBisect(code, undefined))).toEqual([
    0, 1, 125, 125, 125, 125, 125, 125, 130,
  ]);
  expect(codeForBisect(1, 'SIGINT')).toBe(130);
  expect(codeForBisect(0, 'SIGTERM')).toBe(143);
});

test('a replay for `git bisect run` is recognised by its flag or its variable', () => {
  expect(isForBisect(['replay', 'x.json', '--bisect'], {})).toBe(true);
  expect(isForBisect(['replay', 'x.json'], { ONESEND_BISECT: '1' })).toBe(true);
  expect(isForBisect(['replay', 'x.json'], {})).toBe(false);
  expect(isForBisect(['certify', '--bisect'], {})).toBe(false);
});
