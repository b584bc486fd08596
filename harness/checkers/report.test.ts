import { expect, test } from 'vitest';
import { at, historyOf, quiescent, trigger } from '../history/history.fixture.ts';
import { createReport, listed } from './report.ts';

test('a finding names its items and its witnesses once, the witnesses in order', () => {
  const [first, second] = historyOf({}, [at(1, trigger()), at(2, quiescent)]).events;
  const report = createReport('S1');
  report.found('a sentence', { items: ['c1#1', null, 'c1#1'], by: [second, undefined, first, second] });
  expect(report.result().findings).toEqual([
    { property: 'S1', message: 'a sentence', items: ['c1#1'], witnesses: [0, 1] },
  ]);
});

test('parts of a sentence are joined by commas and an and', () => {
  expect([[], ['a'], ['a', 'b'], ['a', 'b', 'c']].map(listed)).toEqual(['', 'a', 'a and b', 'a, b and c']);
});
