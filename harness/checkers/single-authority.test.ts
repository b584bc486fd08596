import { describe, expect, test } from 'vitest';
import { at, attempt, historyOf, providerError, quiescent, reject, sent } from '../history/history.fixture.ts';
import { runChecker } from './checker.fixture.ts';
import { singleAuthority } from './single-authority.ts';

describe('S2 SingleAuthority', () => {
  test('S2 holds when the provider definitely refused the first system', () => {
    const history = historyOf({}, [
      at(10, attempt('service', 'c1#1', 'a')),
      at(11, reject('service', 'c1#1', 'a')),
      ...sent(20, 'legacy'),
    ]);
    expect(runChecker(singleAuthority, history)).toEqual({ exercised: 1, found: [], undecided: [] });
  });

  test('S2 is violated when the provider may have accepted an attempt of the first system', () => {
    const history = historyOf({}, [
      at(10, attempt('service', 'c1#1', 'a')),
      at(11, providerError('service', 'c1#1', 'a')),
      ...sent(20, 'legacy'),
    ]);
    expect(runChecker(singleAuthority, history).found).toEqual([
      'c1#1 was tried by both systems, and the provider definitely refused neither',
    ]);
  });

  test('S2 is undecided while the provider may still refuse one of the systems', () => {
    const events = [at(10, attempt('service', 'c1#1', 'a')), ...sent(20, 'legacy')];
    expect(runChecker(singleAuthority, historyOf({}, events))).toMatchObject({
      found: [],
      undecided: [expect.any(String)],
    });
    expect(runChecker(singleAuthority, historyOf({}, [...events, at(3_000, quiescent)])).found).toHaveLength(1);
  });

  test('S2 cannot be violated, and is not exercised, when all attempts were refused', () => {
    const history = historyOf({}, [at(10, attempt('service', 'c1#1', 'a')), at(11, reject('service', 'c1#1', 'a'))]);
    expect(runChecker(singleAuthority, history).exercised).toBe(0);
  });

  test('S2 is violated while an attempt has no answer, if the provider accepted another attempt of the same system', () => {
    const events = [...sent(10, 'service'), at(12, attempt('service', 'c1#1', 'open')), ...sent(20, 'legacy')];
    expect(runChecker(singleAuthority, historyOf({}, events)).found).toHaveLength(1);
  });
});
