import { expect, test } from 'vitest';
import { renderPage } from './page.ts';
import { counterexampleOf, largestReport } from './report.fixture.ts';

const SIZE_MAX = 5_000_000;

test('a report on a million runs with fifty findings stays below five megabytes', () => {
  const page = renderPage(largestReport());
  expect(Buffer.byteLength(page)).toBeLessThan(SIZE_MAX);
  expect(page.match(/<details class="counterexample"/gu)).toHaveLength(50);
});

test.each([5, 60, 200])('a counterexample of the fixture has %i events', (events) => {
  expect(counterexampleOf({ id: 'S1-0', events }).history.events).toHaveLength(events);
});
