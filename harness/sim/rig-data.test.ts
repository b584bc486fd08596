import { describe, expect, test } from 'vitest';
import type { Fault } from '../formats/fault.ts';
import type { History } from '../formats/history.ts';
import type { Scenario } from '../formats/scenario.ts';
import { openSimLane } from './lane.ts';
import { toyScenario } from './toy-scenario.fixture.ts';
import { toySystem } from './toy-system.fixture.ts';

async function historyOf(scenario: Scenario): Promise<History> {
  const lane = await openSimLane(toySystem());
  const { history, anomalies } = await lane.simulate(scenario);
  expect(anomalies).toEqual([]);
  return history;
}

/** The rows written to a table, in order. */
function writtenTo(history: History, table: string): unknown[] {
  return history.events.flatMap((event) => (event.kind === 'row' && event.table === table ? [event.after] : []));
}

describe('writes of the rig in the simulated lane', () => {
  test('two flips at once of a tenant without a flag both take effect in the simulated lane', async () => {
    const scenario = toyScenario();
    const history = await historyOf({
      ...scenario,
      tenants: [{ key: 't', mode: null, quota: 100 }],
      steps: [
        ...scenario.steps,
        { kind: 'flip', tenant: 't', mode: 'SHADOW', atMs: 50 },
        { kind: 'flip', tenant: 't', mode: 'ON', atMs: 50 },
      ],
    });
    expect(writtenTo(history, 'feature_flags')).toMatchObject([{ epoch: 1 }, { epoch: 2 }]);
  });

  test('two faults that open one breaker at once both take effect in the simulated lane', async () => {
    const open: Fault = { kind: 'breaker-open', breaker: 'live', fromMs: 50 };
    const history = await historyOf(toyScenario({ faults: [open, open] }));
    expect(writtenTo(history, 'messaging_breakers')).toMatchObject([{ state: 'OPEN' }, { state: 'OPEN' }]);
  });
});
