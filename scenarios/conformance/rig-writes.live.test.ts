// Two concurrent writes of the rig itself during a run: real PostgreSQL and the simulated store end with the same rows.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { describeAssembly } from '../../harness/adapters/assembly.ts';
import type { Executor } from '../../harness/execution/executor.ts';
import type { Fault } from '../../harness/formats/fault.ts';
import type { Scenario } from '../../harness/formats/scenario.ts';
import { CAMPAIGN, campaignScenario } from '../../harness/generators/campaign-scenario.ts';
import { openSharedLane } from '../../harness/live/shared-lane.fixture.ts';
import { system } from '../../src/reference.ts';
import { openSimExecutor } from '../sim-executor.fixture.ts';

const lanes = {
  sim: () => openSimExecutor(system),
  live: () => openSharedLane({ description: describeAssembly(system), slots: 1 }),
};

describe.each(Object.keys(lanes) as (keyof typeof lanes)[])('on the %s lane', (lane) => {
  let executor: Executor;
  beforeAll(async () => {
    executor = await lanes[lane]();
  });
  afterAll(() => executor.close());

  /** The rows that the rig wrote to a table, in order. */
  async function writtenTo(table: string, scenario: Scenario): Promise<unknown[]> {
    const run = await executor.run({ scenario, deviations: [] });
    if (run.kind === 'infrastructure') throw new Error(run.message);
    const { events, roles } = run.history;
    return events.flatMap((event) =>
      event.kind === 'row' && event.table === table && event.role === roles.rig ? [event.after] : [],
    );
  }

  test('two concurrent flips of a tenant without a flag both take effect', async () => {
    const scenario = campaignScenario({ name: 'two flips at once', mode: 'OFF' });
    const { tenant } = CAMPAIGN;
    const rows = await writtenTo('feature_flags', {
      ...scenario,
      tenants: scenario.tenants.map((each) => ({ ...each, mode: null })),
      steps: [
        ...scenario.steps,
        { kind: 'flip', tenant, mode: 'SHADOW', atMs: 300 },
        { kind: 'flip', tenant, mode: 'ON', atMs: 300 },
      ],
    });
    expect(rows).toMatchObject([{ epoch: 1 }, { epoch: 2 }]);
  });

  test('two concurrent plantings of a breaker both write its row', async () => {
    const open: Fault = { kind: 'breaker-open', breaker: 'live', fromMs: 300 };
    const scenario = campaignScenario({ name: 'two open breakers', mode: 'OFF', faults: [open, open] });
    expect(await writtenTo('messaging_breakers', scenario)).toMatchObject([{ state: 'OPEN' }, { state: 'OPEN' }]);
  });
});
