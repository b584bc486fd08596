// Random scenarios on both lanes: if the same faults take effect, both lanes give the same verdict with the same violated properties.
// CONTRIBUTING says how to compare more scenarios, or one again.
import { beforeAll, describe, expect, test } from 'vitest';
import { describeAssembly } from '../../../harness/adapters/assembly.ts';
import { openSharedLane } from '../../../harness/live/shared-lane.fixture.ts';
import { openSimLane } from '../../../harness/sim/lane.ts';
import { system as reference } from '../../../src/reference.ts';
import { system as asWritten } from '../../as-written/system.ts';
import { compareLanes, isCompared, type Pair } from './compare-lanes.ts';
import { sampleRobustScenarios } from './drawn-scenarios.ts';
import { watchMachine } from './machine-watch.ts';
import { formatPair, formatComparison } from './format-comparison.ts';

const COUNT = Number(process.env['ONESEND_LANE_SCENARIOS'] ?? 40);
const FROM = Number(process.env['ONESEND_LANE_FROM'] ?? 0);
const SEED = Number(process.env['ONESEND_LANE_SEED'] ?? 20_251_126);
const MINUTES = 60_000;

/** Few slots per system, so that two cores can run all of them in time. */
const SLOTS = 6;

/** Extra draws, which replace those that cannot be compared because other faults took effect or the machine was strained each time. */
const SPARE = Math.ceil(COUNT / 10);

async function compare(): Promise<Pair[]> {
  const sims = [await openSimLane(reference), await openSimLane(asWritten)];
  const draws = await sampleRobustScenarios(sims, { seed: SEED, from: FROM, count: COUNT + SPARE });
  process.stderr.write(`${draws.leftOut.length} draws left out, whose outcome depends on less than the margin\n`);
  const watch = watchMachine();
  const lives = await Promise.all(
    [reference, asWritten].map((system) => openSharedLane({ description: describeAssembly(system), slots: SLOTS })),
  );
  const systems = sims.flatMap((sim, index) => {
    const live = lives[index];
    return live === undefined ? [] : [{ sim, live, watch }];
  });
  try {
    return await compareLanes(systems, { draws: draws.scenarios, count: COUNT });
  } finally {
    watch.close();
    for (const live of lives) await live.close();
  }
}

describe(`${COUNT} random scenarios`, () => {
  let all: readonly Pair[];
  beforeAll(async () => {
    all = await compare();
  }, 30 * MINUTES);

  test.each([
    { system: reference, leastViolations: 0 },
    // The runbook as written must violate in some scenarios: a comparison of passes alone proves little.
    { system: asWritten, leastViolations: Math.floor(COUNT / 10) },
  ])(
    'random scenarios get the same verdicts on both lanes for $system.name',
    ({ system: { name }, leastViolations }) => {
      const pairs = all.filter(({ system }) => system === name);
      process.stderr.write(`${formatComparison(pairs, SEED).join('\n')}\n`);
      const different = pairs.filter(({ agreement }) => agreement === 'different');
      expect(different.map((pair) => formatPair(pair, SEED))).toEqual([]);
      expect(pairs.filter(isCompared)).toHaveLength(COUNT);
      const violations = pairs.filter(({ live }) => live.verdict.startsWith('violation'));
      expect(violations.length).toBeGreaterThanOrEqual(leastViolations);
    },
  );
});
