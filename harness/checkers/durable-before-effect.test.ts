import { describe, expect, test } from 'vitest';
import type { Observation } from '../formats/event.ts';
import { at, attempt, authority, committed, during, entry, historyOf, sent } from '../history/history.fixture.ts';
import { runChecker, witnessesOf } from './checker.fixture.ts';
import { durableBeforeEffect } from './durable-before-effect.ts';

const enteredWith = (...events: Observation[]) => historyOf({}, [at(1, entry('c1#1', 'u1')), ...events]);
const said = (...events: Observation[]) => runChecker(durableBeforeEffect, enteredWith(...events));
const permits = authority('u1', { holder: 'service' });

describe('S20 DurableBeforeEffect', () => {
  test('S20 holds for an attempt after the commit that permits it', () => {
    const claimed = at(5, authority('u1', { holder: 'service', state: 'CLAIMED' }));
    expect(said(claimed, at(10, permits), ...sent(12, 'service'))).toEqual({ exercised: 1, found: [], undecided: [] });
  });

  test('S20 is violated by an attempt before its commit, even if its statement came first', () => {
    const late = 'the service asked the provider to send c1#1 before its permission was committed';
    expect(said(...sent(12, 'service'), at(20, permits))).toEqual({ exercised: 1, found: [late], undecided: [] });
    expect(said(...sent(12, 'service'), committed(5, [20, 21], permits)).found).toEqual([late]);
    const shown = witnessesOf(durableBeforeEffect, enteredWith(...sent(12, 'service'), at(20, permits)));
    expect(shown).toEqual([['attempt', 'row']]);
  });

  test('S20 is violated by an attempt for a message that was only claimed, or permitted to the other system', () => {
    const never = 'the service asked the provider to send c1#1 without a committed permission';
    expect(said(at(5, authority('u1', { holder: 'service', state: 'CLAIMED' })), ...sent(12, 'service')).found).toEqual(
      [never],
    );
    expect(said(at(5, authority('u1', { holder: 'legacy' })), ...sent(12, 'service')).found).toEqual([never]);
  });

  test('S20 holds for an attempt after one permission, and at about the time of another', () => {
    const renewed = committed(5, [11, 14], authority('u1', { holder: 'service', epoch: 2 }));
    expect(said(at(10, permits), renewed, during(12, 13, attempt('service', 'c1#1', 'a'))).exercised).toBe(1);
  });

  test('S20 judges each attempt, also one that is repeated', () => {
    expect(said(at(10, permits), ...sent(12, 'service'), ...sent(14, 'service')).exercised).toBe(2);
  });

  test('S20 does not judge an attempt for no item, or for an item without a uuid', () => {
    const silent = { exercised: 0, found: [], undecided: [] };
    expect(said(at(12, attempt('service', null, 'a')))).toEqual(silent);
    expect(runChecker(durableBeforeEffect, historyOf({}, sent(12, 'service')))).toEqual(silent);
  });

  test('S20 is not exercised where the commit and the attempt overlap', () => {
    expect(said(committed(5, [10, 14], permits), during(12, 13, attempt('service', 'c1#1', 'a')))).toEqual({
      exercised: 0,
      found: [],
      undecided: [],
    });
  });
});
