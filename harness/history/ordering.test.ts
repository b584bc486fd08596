import { describe, expect, test } from 'vitest';
import { at, attempt, during, historyOf, log, sent } from './history.fixture.ts';
import { order } from './ordering.ts';

describe('the order of two events', () => {
  test('the order of two events is exact inside one observer, even when the intervals overlap', () => {
    const { events } = historyOf({}, [during(1, 9, log('legacy', 'first')), during(0, 9, log('legacy', 'second'))]);
    const [first, second] = events;
    if (first === undefined || second === undefined) throw new Error('two events expected');
    expect([order(first, second), order(second, first), order(first, first)]).toEqual(['before', 'after', 'undecided']);
  });

  test('the order of two events is known across observers only when the intervals are disjoint', () => {
    const { events } = historyOf({}, [
      during(10, 20, log('legacy', 'a line')),
      at(15, attempt('legacy', 'c1#1', 'within')),
      at(21, attempt('legacy', 'c1#1', 'later')),
    ]);
    const [line, within, later] = events;
    if (line === undefined || within === undefined || later === undefined) throw new Error('three events expected');
    expect([order(line, within), order(line, later), order(later, line)]).toEqual(['undecided', 'before', 'after']);
  });

  test('the order of two events puts an attempt before its acceptance', () => {
    const [attempted, accepted] = historyOf({}, sent(5, 'service')).events;
    if (attempted === undefined || accepted === undefined) throw new Error('two events expected');
    expect(order(attempted, accepted)).toBe('before');
  });
});
