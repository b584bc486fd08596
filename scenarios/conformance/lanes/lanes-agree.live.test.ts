// Random scenarios on both lanes: where the same faults bite, both say the same. ONESEND_LANE_SCENARIOS=300 compares more of them.
import { beforeAll, describe, expect, test } from 'vitest';
import { describeAssembly } from '../../../harness/adapters/assembly.ts';
import { defaultSlots, openLiveLane } from '../../../harness/live/lane.ts';
import { openSim } from '../../../harness/runner/explore/open-sim.ts';
import type { System } from '../../../src/contract/system.ts';
import { system as reference } from '../../../src/reference.ts';
import { system as asWritten } from '../../as-written/system.ts';
import { judgedOn } from '../verdicts.ts';
import { agreementOf, type Pair } from './agreement.ts';
import { type Draw, drawScenarios } from './drawn-scenarios.ts';

const COUNT = Number(process.env['ONESEND_LANE_SCENARIOS'] ?? 60);
const SEED = 20_251_126;
const MINUTES = 60_000;
/** Fewer than a search takes: what is compared here must come in time. */
const MOST_SLOTS = 12;

/** So many may be told apart by what bit, or be lost to the machine: one in ten. */
const LEAST_COMPARED = 0.9 * COUNT;

async function onBothLanes(system: System, { drawn }: Draw): Promise<Pair[]> {
  const description = describeAssembly(system);
  const lane = await openLiveLane({
    description,
    slots: Math.min(MOST_SLOTS, defaultSlots()),
    infrastructure: 'embedded',
  });
  try {
    const judged = await judgedOn(
      lane,
      drawn.map(({ scenario }) => scenario),
    );
    return drawn.flatMap(({ scenario, bySystem }, index) => {
      const [sim, live] = [bySystem.get(system.name), judged[index]];
      return sim === undefined || live === undefined ? [] : [{ name: JSON.stringify(scenario), sim, live }];
    });
  } finally {
    await lane.close();
  }
}

describe(`${COUNT} random scenarios`, () => {
  let draw: Draw;
  beforeAll(async () => {
    draw = await drawScenarios([await openSim(reference), await openSim(asWritten)], { seed: SEED, count: COUNT });
  });

  test.each([reference, asWritten])(
    'get the same verdicts on both lanes for $name',
    async (system) => {
      const pairs = await onBothLanes(system, draw);
      const { compared, disagreements, apart } = agreementOf(pairs);
      process.stderr.write(`${system.name}: ${compared} of ${pairs.length} compared, ${draw.leftOut} draws left out\n`);
      for (const line of [...apart, ...disagreements]) process.stderr.write(`${system.name}: ${line}\n`);
      expect(disagreements).toEqual([]);
      expect(compared).toBeGreaterThanOrEqual(LEAST_COMPARED);
    },
    10 * MINUTES,
  );

  test('hold violations and passes of the runbook as written', () => {
    const verdicts = draw.drawn.map(({ bySystem }) => bySystem.get(asWritten.name)?.verdict);
    expect(verdicts.filter((verdict) => verdict === 'pass').length).toBeGreaterThan(COUNT / 4);
    expect(verdicts.filter((verdict) => verdict?.startsWith('violation') === true).length).toBeGreaterThan(COUNT / 10);
  });
});
