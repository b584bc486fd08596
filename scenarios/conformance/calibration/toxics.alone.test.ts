// Each network fault on both lanes: the simulated fault and its toxic have the same effect on the reference.
import { beforeAll, expect, test } from 'vitest';
import { describeAssembly } from '../../../harness/adapters/assembly.ts';
import { onSharedLane } from '../../../harness/live/shared-lane.fixture.ts';
import { openSimLane, type SimLane } from '../../../harness/sim/lane.ts';
import { judgedOn, type JudgedWithRun } from '../verdicts.ts';
import { NETWORK_FAULT_SCENARIOS } from '../network-faults.ts';
import { classesOf } from './classes.ts';
import type { Scenario } from '../../../harness/formats/scenario.ts';
import { system } from './call-logging-system.fixture.ts';

/** About half the number of faults. */
const SLOTS = 5;

/** Settings of a scenario that the sim lane realises and the live lane refuses. */
const SIM_ONLY = [
  ['two service processes', { serviceInstances: 2 }],
  ['a clock that is off', { skewMicros: { legacy: 0, service: 1_000 } }],
] as const;

let live: readonly JudgedWithRun[];
let refusals: readonly unknown[];
let sim: SimLane;
beforeAll(async () => {
  sim = await openSimLane(system);
  await onSharedLane({ description: describeAssembly(system), slots: SLOTS }, async (lane) => {
    live = await judgedOn(lane, NETWORK_FAULT_SCENARIOS);
    refusals = await Promise.all(
      SIM_ONLY.map(([, hosts]) => lane.run({ scenario: withHosts(hosts), deviations: [] }).catch(String)),
    );
  });
});

function withHosts(hosts: Pick<Scenario, 'serviceInstances' | 'skewMicros'>): Scenario {
  const [scenario] = NETWORK_FAULT_SCENARIOS;
  if (scenario === undefined) throw new RangeError('there is no scenario');
  return { ...scenario, ...hosts };
}

test.each(NETWORK_FAULT_SCENARIOS.map((scenario, index) => [scenario.name, index] as const))(
  '%s has the same effect on both lanes',
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

test.each(SIM_ONLY.map(([name, hosts], index) => [name, hosts, index] as const))(
  'a scenario with %s runs on the sim lane and is refused by the live lane',
  async (_name, hosts, index) => {
    expect((await sim.simulate(withHosts(hosts))).anomalies).toEqual([]);
    expect(refusals[index]).toMatch(/^UsageError: /);
  },
);
