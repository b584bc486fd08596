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
  test.each(['SENT', 'NOT_SENT', 'UNKNOWN'])('L7 holds when the claim ended as %s', (state) => {
    expect(check(is(10, 'CLAIMED'), is(11, 'SENDING'), is(20, state), at(5_000, quiescent))).toEqual(held);
  });

  test.each(['CLAIMED', 'SENDING'])('L7 is violated by a claim that stays %s', (state) => {
    expect(check(is(1_000, state), at(3_000, quiescent))).toEqual({
      exercised: 1,
      found: [`c1#1 was still ${state} 2.0 s after it was claimed, and neither system could send it`],
      undecided: [],
    });
  });

  test('L7 is undecided until the longest wait is over, and in a run without quiescence', () => {
    const open = { exercised: 0, found: [], undecided: [expect.any(String)] };
    expect(check(is(10, 'CLAIMED'), at(1_010, quiescent))).toEqual(open);
    expect(
      check(during(10, 500, authority('u1', { holder: 'service', state: 'CLAIMED' })), at(1_100, quiescent)),
    ).toEqual(open);
    expect(check(is(10, 'CLAIMED'))).toEqual(open);
  });

  test('L7 counts from the last claim, so the time starts again when a claim is taken over', () => {
    const again = at(1_500, authority('u1', { holder: 'legacy', state: 'CLAIMED', epoch: 2 }));
    expect(check(is(10, 'CLAIMED'), again, at(2_010, quiescent)).found).toEqual([]);
    expect(check(is(10, 'CLAIMED'), again, at(3_010, quiescent)).found).toHaveLength(1);
  });

  test('L7 does not judge claims made after quiescence, nor messages without a claim', () => {
    expect(check(is(10, 'SENT'), at(2_010, quiescent), is(2_020, 'CLAIMED'))).toEqual(held);
    expect(check(at(2_010, quiescent), is(2_020, 'CLAIMED'))).toEqual(none);
    expect(check(at(2_010, quiescent))).toEqual(none);
  });

  test('L7 treats a commit at the moment of quiescence as made before it', () => {
    expect(check(is(10, 'CLAIMED'), is(2_010, 'SENT'), at(2_010, quiescent))).toEqual(held);
  });

  test('L7 holds for a claim on a message that is not of the run', () => {
    expect(check(at(10, authority('u9', { holder: 'service', state: 'SENT' })), at(2_010, quiescent))).toEqual(held);
  });
});
