import { describe, expect, test } from 'vitest';
import { at, attempt, historyOf, quiescent, reject, sent } from '../history/history.fixture.ts';
import { atMostOnce } from './at-most-once.ts';
import { runChecker } from './checker.fixture.ts';

describe('S1 AtMostOnce', () => {
  test('S1 holds when every message is accepted once', () => {
    const history = historyOf({ messages: 2 }, [
      ...sent(10, 'service', 'c1#1'),
      at(12, attempt('service', 'c1#2', 'refused')),
      at(13, reject('service', 'c1#2', 'refused')),
      ...sent(14, 'legacy', 'c1#2'),
      at(3_000, quiescent),
    ]);
    expect(runChecker(atMostOnce, history)).toEqual({ exercised: 2, found: [], undecided: [] });
  });

  test('S1 is violated by an acceptance of each system', () => {
    const history = historyOf({}, [...sent(10, 'service'), ...sent(600, 'legacy')]);
    expect(runChecker(atMostOnce, history).found).toEqual([
      'c1#1 was accepted twice: by the service (SM-c1#1-service-10) and by the legacy app (SM-c1#1-legacy-600)',
    ]);
    expect(atMostOnce.check(history).findings[0]).toMatchObject({ items: ['c1#1'], witnesses: [1, 3] });
  });

  test('S1 is violated by repetition inside one system', () => {
    const history = historyOf({}, [...sent(10, 'service'), ...sent(20, 'service'), ...sent(30, 'service')]);
    expect(runChecker(atMostOnce, history).found[0]).toMatch(/^c1#1 was accepted 3 times: by the service/);
  });

  test('S1 cannot be violated, and is not exercised, when nothing is accepted', () => {
    expect(runChecker(atMostOnce, historyOf({}, [at(1, attempt('service', 'c1#1', 'a'))])).exercised).toBe(0);
  });

  test('S1 is undecided while the provider has not answered every attempt', () => {
    const events = [...sent(10, 'service'), at(20, attempt('legacy', 'c1#1', 'open'))];
    expect(runChecker(atMostOnce, historyOf({}, events)).undecided).toHaveLength(1);
    expect(runChecker(atMostOnce, historyOf({}, [...events, at(3_000, quiescent)])).undecided).toEqual([]);
  });

  test('S1 holds before quiescence if the provider has answered every attempt', () => {
    const events = [
      at(8, attempt('service', 'c1#1', 'a')),
      at(9, reject('service', 'c1#1', 'a')),
      ...sent(10, 'legacy'),
    ];
    expect(runChecker(atMostOnce, historyOf({}, events))).toEqual({ exercised: 1, found: [], undecided: [] });
  });
});
