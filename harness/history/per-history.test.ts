import { expect, test } from 'vitest';
import { callsAt, pairCalls, unpairedArrivals } from './calls.ts';
import { at, historyOf, request } from './history.fixture.ts';
import { perHistory } from './per-history.ts';

const asked = () =>
  historyOf({}, [at(1, request('front', 'f', { uuids: ['u1'] })), at(2, request('back', 'b', { uuids: ['u1'] }))]);

test('a result per history is computed once for consecutive questions about one history', () => {
  let works = 0;
  const count = perHistory(() => (works += 1));
  const [one, other] = [asked(), asked()];
  expect([count(one), count(one), count(other), count(one)]).toEqual([1, 1, 2, 3]);
});

test('a result per history is shared by several questions, also after a question about a different history', () => {
  const [one, other] = [asked(), asked()];
  pairCalls(one);
  callsAt(other, 'front');
  expect(unpairedArrivals(one)).toEqual([]);
});
