// Drawn scenarios keep the timing margin, a scenario that depends on a few milliseconds does not, and a comparison notices another system.
import { beforeAll, expect, test } from 'vitest';
import type { Fault } from '../../../harness/formats/fault.ts';
import { inlineExecutor } from '../../../harness/sim/explore/inline-pool.ts';
import { openSimLane, type SimLane } from '../../../harness/sim/lane.ts';
import { system as reference } from '../../../src/reference.ts';
import { system as asWritten } from '../../as-written/system.ts';
import { FROM_THE_START, campaignScenario } from '../../../harness/generators/campaign-scenario.ts';
import { CHARGES_WRONGLY, SENDS_TWICE } from '../as-written-verdicts.fixture.ts';
import { NETWORK_FAULT_SCENARIOS } from '../network-faults.ts';
import { verdictsOn } from '../verdicts.ts';
import { compareLanes } from './compare-lanes.ts';
import { sampleRobustScenarios } from './drawn-scenarios.ts';
import { isTimingRobust } from './timing-robustness.ts';

let lanes: readonly [SimLane, SimLane];
beforeAll(async () => {
  lanes = [await openSimLane(reference), await openSimLane(asWritten)];
});

function late(latencyMs: number): Fault {
  return { kind: 'latency', stream: 'downstream', latencyMs, jitterMs: 0, ...FROM_THE_START };
}

test('nearly every draw keeps the margin, so that leaving some out hardly changes the sample', async () => {
  const { scenarios, leftOut } = await sampleRobustScenarios(lanes, { seed: 1, from: 0, count: 60 });
  expect(scenarios).toHaveLength(60);
  expect(leftOut.length).toBeLessThanOrEqual(3);
});

test('a draw is the same wherever the sequence starts', async () => {
  const { scenarios } = await sampleRobustScenarios(lanes, { seed: 1, from: 0, count: 4 });
  const [third] = (await sampleRobustScenarios(lanes, { seed: 1, from: 2, count: 1 })).scenarios;
  expect(third).toEqual(scenarios[2]);
});

test.each([
  [480, false],
  [180, true],
  [700, true],
])('an answer that is %i ms late keeps the margin: %s', async (latencyMs, isKept) => {
  const scenario = campaignScenario({ name: 'late answer', mode: 'ON', faults: [late(latencyMs)] });
  expect(await isTimingRobust(lanes, scenario)).toBe(isKept);
});

test('a lane with another system is found different', async () => {
  const scenario = campaignScenario({ name: 'late answer', mode: 'ON', faults: [late(700)] });
  const watch = { strainedMsSince: () => 0, close: () => undefined };
  const comparison = { draws: [scenario], count: 1 };
  const [same] = await compareLanes([{ sim: lanes[0], live: inlineExecutor(lanes[0]), watch }], comparison);
  const [other] = await compareLanes([{ sim: lanes[0], live: inlineExecutor(lanes[1]), watch }], comparison);
  expect(same).toMatchObject({ agreement: 'same', repeats: 0 });
  expect(other).toMatchObject({
    agreement: 'different',
    sim: { verdict: 'pass' },
    live: { verdict: SENDS_TWICE },
  });
});

test('the runbook as written gets its listed verdicts under the network faults', async () => {
  const verdicts = await verdictsOn(inlineExecutor(lanes[1]), NETWORK_FAULT_SCENARIOS);
  expect(new Set(verdicts)).toEqual(new Set([SENDS_TWICE, CHARGES_WRONGLY]));
});
