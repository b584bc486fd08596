// Each fault of the network on both lanes: the simulated one and its toxic do the same to the reference.
import { beforeAll, expect, test } from 'vitest';
import { describeAssembly } from '../../../harness/adapters/assembly.ts';
import { onSharedLane } from '../../../harness/live/shared-lane.fixture.ts';
import { openSimLane, type SimLane } from '../../../harness/sim/lane.ts';
import { judgedOn, type JudgedWithRun } from '../verdicts.ts';
import { NETWORK_FAULT_SCENARIOS } from '../network-faults.ts';
import { classesOf } from './classes.ts';
import { system } from './call-logging-system.fixture.ts';

/** Half as many as there are faults. */
const SLOTS = 5;

let live: readonly JudgedWithRun[];
let sim: SimLane;
beforeAll(async () => {
  sim = await openSimLane(system);
  live = await onSharedLane({ description: describeAssembly(system), slots: SLOTS }, (lane) =>
    judgedOn(lane, NETWORK_FAULT_SCENARIOS),
  );
});

test.each(NETWORK_FAULT_SCENARIOS.map((scenario, index) => [scenario.name, index] as const))(
  '%s does the same on both lanes',
  async (_name, index) => {
    const scenario = NETWORK_FAULT_SCENARIOS[index];
    if (scenario === undefined) throw new RangeError(`no scenario ${index}`);
    const simulated = classesOf((await sim.simulate(scenario)).history);
    const judged = live[index];
    expect(judged).toMatchObject({ verdict: 'pass', bites: [expect.any(String)] });
    expect(judged?.run && classesOf(judged.run.history)).toEqual(simulated);
    expect(simulated.outcomes.length).toBeGreaterThan(0);
  },
);
