// Each fault of the network on both lanes: the simulated one and its toxic do the same to the reference.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeAssembly } from '../../../harness/adapters/assembly.ts';
import { type LiveLane, openLiveLane } from '../../../harness/live/lane.ts';
import { openSimLane, type SimLane } from '../../../harness/sim/lane.ts';
import { judgedOn } from '../verdicts.ts';
import { NETWORK_FAULT_SCENARIOS } from '../network-faults.ts';
import { classesOf } from './classes.ts';
import { system } from './call-logging-system.fixture.ts';

let live: LiveLane;
let sim: SimLane;
beforeAll(async () => {
  live = await openLiveLane({ description: describeAssembly(system), slots: 3, infrastructure: 'embedded' });
  sim = await openSimLane(system);
});
afterAll(() => live.close());

test.each(NETWORK_FAULT_SCENARIOS.map((scenario) => [scenario.name, scenario] as const))(
  '%s does the same on both lanes',
  async (_name, scenario) => {
    const simulated = classesOf((await sim.simulate(scenario)).history);
    const [judged] = await judgedOn(live, [scenario]);
    expect(judged).toMatchObject({ verdict: 'pass', bites: [expect.any(String)] });
    expect(judged?.run && classesOf(judged.run.history)).toEqual(simulated);
    expect(simulated.outcomes.length).toBeGreaterThan(0);
  },
);
