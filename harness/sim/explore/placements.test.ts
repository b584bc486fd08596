import { describe, expect, test } from 'vitest';
import type { Deviation } from '../../formats/case.ts';
import type { DecisionPoint } from '../decide.ts';
import { openSimLane } from '../lane.ts';
import { LEGACY_WAKE_SITE, TIE_SITE } from '../sites.ts';
import { FLIP_MICROS } from '../timings.ts';
import { toyScenario } from '../toy-scenario.fixture.ts';
import { toySystem } from '../toy-system.fixture.ts';
import { childrenOf, countChildren, lastDeviation } from './placements.ts';

const keyOf = (deviations: readonly Deviation[]): string =>
  deviations
    .map(({ site, key, attempt, choice }) => `${site} ${key} ${attempt} ${choice}`)
    .toSorted()
    .join(' + ');

test('each set of two deviations is placed once, and each first deviation is reached', async () => {
  const lane = await openSimLane(toySystem());
  const scenario = toyScenario();
  const root = await lane.simulate(scenario, { isRecording: true });
  expect(lastDeviation(root)).toBe(-1);
  expect(childrenOf(root)).toHaveLength(countChildren(root));
  const pairs: string[] = [];
  for (const first of childrenOf(root).filter(({ site }) => site !== 'legacy' && site !== 'statement')) {
    const parent = await lane.simulate(scenario, { deviations: [first], isRecording: true });
    expect(parent.deviations).toEqual([first]);
    expect(parent.points[lastDeviation(parent)]).toMatchObject({ site: { name: first.site }, key: first.key });
    for (const second of childrenOf(parent)) pairs.push(keyOf([first, second]));
  }
  expect(pairs.length).toBeGreaterThan(500);
  expect(new Set(pairs).size).toBe(pairs.length);
});

/** The times of the flips among the placements around a run with these points and these uses of the flags. */
function flipsPlaced(points: readonly Pick<DecisionPoint, 'site' | 'atMicros'>[], uses: readonly number[]): string[] {
  const whole = points.map(({ site, atMicros }) => ({ site, atMicros, key: String(atMicros), attempt: 0, chosen: 0 }));
  const parent = { points: whole, flagUses: () => uses };
  const children = childrenOf(parent);
  expect(children).toHaveLength(countChildren(parent));
  return children.flatMap(({ key, choice }) => (choice === 'flip' ? [key] : []));
}

describe('flips', () => {
  const wakes = [1_000, 2_000, 3_000, 4_000].map((atMicros) => ({ site: LEGACY_WAKE_SITE, atMicros }));

  test('flips without a read of the flags between them are placed once', () => {
    expect(flipsPlaced(wakes, [])).toEqual(['1000']);
    expect(flipsPlaced(wakes, [500, 1_000])).toEqual(['1000']);
    expect(flipsPlaced(wakes, [2_500])).toEqual(['1000', '3000']);
  });

  test('flips are both placed if the flags are read before the later one takes effect', () => {
    expect(flipsPlaced(wakes, [3_000 + FLIP_MICROS])).toEqual(['1000', '3000', '4000']);
    expect(flipsPlaced(wakes, [3_001 + FLIP_MICROS])).toEqual(['1000', '4000']);
  });

  test('flips with only a tie between them are placed once', () => {
    const tie = { site: TIE_SITE, atMicros: 2_050 };
    expect(flipsPlaced([...wakes.slice(0, 2), tie, ...wakes.slice(2)], [])).toEqual(['1000']);
  });
});

test('the placements begin with the sites that break unprotected systems', async () => {
  const lane = await openSimLane(toySystem());
  const root = await lane.simulate(toyScenario(), { isRecording: true });
  const sites = [...new Set(childrenOf(root).map(({ site }) => site))];
  expect(sites.slice(0, 3)).toEqual(['answer', 'request', 'provider']);
  expect(sites.indexOf('statement')).toBeLessThan(sites.indexOf('legacy'));
});

test("a trace leaves out only the rig's own notes of its decisions", async () => {
  const lane = await openSimLane(toySystem());
  const traceOf = async (deviations: Deviation[]): Promise<string> =>
    (await lane.simulate(toyScenario(), { deviations, isRecording: true })).trace();
  const answer = { site: 'answer', key: 'c#1', attempt: 0 };
  const plain = await traceOf([]);
  expect(await traceOf([])).toBe(plain);
  expect(await traceOf([{ ...answer, choice: 'delay' }])).not.toBe(plain);
  expect(await traceOf([{ ...answer, choice: 'garbage' }])).not.toBe(await traceOf([{ ...answer, choice: 'cut' }]));
  // The toy reads its clock and ignores it.
  expect(await traceOf([{ site: 'clock', key: 'legacy-1', attempt: 0, choice: 'ahead-by-lease' }])).toBe(plain);
});
