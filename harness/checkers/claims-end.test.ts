import { describe, expect, test } from 'vitest';
import type { Observation } from '../formats/event.ts';
import { at, authority, during, entry, historyOf, quiescent } from '../history/history.fixture.ts';
import { runChecker } from './checker.fixture.ts';
import { claimsEnd } from './claims-end.ts';

const entered = at(1, entry('c1#1', 'u1'));
const held = { exercised: 1, found: [], undecided: [] };
const none = { exercised: 0, found: [], undecided: [] };
const is = (ms: number, state: string) => at(ms, authority('u1', { holder: 'service', state }));
const check = (...events: Observation[]) => runChecker(claimsEnd, historyOf({}, [entered, ...events]));

describe('L7 ClaimsEnd', () => {
  test.each(['SENT', 'NOT_SENT', 'UNKNOWN'])('holds when the claim ended as %s', (state) => {
    expect(check(is(10, 'CLAIMED'), is(11, 'SENDING'), is(20, state), at(5_000, quiescent))).toEqual(held);
  });

  test.each(['CLAIMED', 'SENDING'])('is violated by one that is %s for ever', (state) => {
    expect(check(is(1_000, state), at(3_000, quiescent))).toEqual({
      exercised: 1,
      found: [`c1#1 was still ${state} 2.0 s after it was claimed, and nobody could send it`],
      undecided: [],
    });
  });

  test('is undecided while the longest wait is not over, and in a run that did not come to rest', () => {
    const open = { exercised: 0, found: [], undecided: [expect.any(String)] };
    expect(check(is(10, 'CLAIMED'), at(1_010, quiescent))).toEqual(open);
    expect(
      check(during(10, 500, authority('u1', { holder: 'service', state: 'CLAIMED' })), at(1_100, quiescent)),
    ).toEqual(open);
    expect(check(is(10, 'CLAIMED'))).toEqual(open);
  });

  test('counts from the last claim: one that was taken over begins anew', () => {
    const again = at(1_500, authority('u1', { holder: 'legacy', state: 'CLAIMED', epoch: 2 }));
    expect(check(is(10, 'CLAIMED'), again, at(2_010, quiescent)).found).toEqual([]);
    expect(check(is(10, 'CLAIMED'), again, at(3_010, quiescent)).found).toHaveLength(1);
  });

  test('says nothing of what came after the rest, and of messages that nobody claimed', () => {
    expect(check(is(10, 'SENT'), at(2_010, quiescent), is(2_020, 'CLAIMED'))).toEqual(held);
    expect(check(at(2_010, quiescent), is(2_020, 'CLAIMED'))).toEqual(none);
    expect(check(at(2_010, quiescent))).toEqual(none);
  });

  test('takes what was committed at the moment of rest for what came before', () => {
    expect(check(is(10, 'CLAIMED'), is(2_010, 'SENT'), at(2_010, quiescent))).toEqual(held);
  });

  test('holds for a claim on a message that is not of the run', () => {
    expect(check(at(10, authority('u9', { holder: 'service', state: 'SENT' })), at(2_010, quiescent))).toEqual(held);
  });
});
