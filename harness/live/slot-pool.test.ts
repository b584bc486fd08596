import { expect, test } from 'vitest';
import type { RunOutcome } from '../execution/executor.ts';
import type { Observation } from '../formats/event.ts';
import { at, historyOf } from '../history/history.fixture.ts';
import { slotPool } from './slot-pool.ts';

const observed = (...events: Observation[]): RunOutcome => {
  const history = historyOf({}, events);
  return { kind: 'history', history, deviations: [], anomalies: [] };
};

const trouble = (problem: 'stalled' | 'lost'): Observation =>
  at(1, { observer: 'taps', kind: 'observer-problem', problem, detail: '300 ms' });

/** How many runs were in flight when each of these runs began: those whose index is in `disturbed` end with that outcome. */
async function inFlight(count: number, disturbed: number, outcome: RunOutcome): Promise<number[]> {
  const inFreeSlot = slotPool(['a', 'b', 'c', 'd'], 0);
  const seen: number[] = [];
  let active = 0;
  const run = (index: number) =>
    inFreeSlot(async () => {
      active += 1;
      seen.push(active);
      await new Promise((resolve) => setImmediate(resolve));
      active -= 1;
      return index < disturbed ? outcome : observed();
    });
  await Promise.all(Array.from({ length: count }, (_, index) => run(index)));
  return seen;
}

const stalled = observed(trouble('stalled'));

test('all slots are in use while no run is disturbed', async () => {
  expect(Math.max(...(await inFlight(20, 0, stalled)).slice(4))).toBe(4);
});

test('after the machine disturbed the runs in flight, fewer runs begin at once', async () => {
  expect(Math.max(...(await inFlight(20, 4, stalled)).slice(4))).toBe(3);
});

test.each<[string, RunOutcome]>([
  ['an observer that was lost', observed(trouble('lost'))],
  ['a run without a history', { kind: 'infrastructure', message: 'no database' }],
])('%s does not lower how many runs there are at once', async (_, outcome) => {
  expect(Math.max(...(await inFlight(20, 4, outcome)).slice(4))).toBe(4);
});
