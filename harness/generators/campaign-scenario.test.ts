import { expect, test } from 'vitest';
import { scenarioSchema } from '../formats/scenario.ts';
import { campaignScenario } from './campaign-scenario.ts';

test('the scenario of a campaign without options is valid: one message in ON, ample quota, no fault', () => {
  const scenario = campaignScenario();
  expect(scenarioSchema.parse(scenario)).toEqual(scenario);
  expect(scenario).toMatchObject({
    tenants: [{ key: 'tenant-1', mode: 'ON', quota: 100 }],
    steps: [{ kind: 'entry', campaign: 'campaign-1', tenant: 'tenant-1', messages: 1, atMs: 50 }],
    faults: [],
  });
});

test('the scenario of a campaign takes each of its options', () => {
  const flip = { kind: 'flip', tenant: 'acme', mode: 'OFF', atMs: 300 } as const;
  const refused = { kind: 'refuse', fromMs: 0, untilMs: 900 } as const;
  const options = { name: 'a flip', seed: 7, tenant: 'acme', mode: null, quota: 3, campaign: 'spring', messages: 2 };
  const scenario = campaignScenario({ ...options, atMs: 100, steps: [flip], faults: [refused], reconcile: true });
  expect(scenarioSchema.parse(scenario)).toEqual({
    format: 'onesend.scenario/1',
    name: 'a flip',
    seed: 7,
    tenants: [{ key: 'acme', mode: null, quota: 3 }],
    steps: [{ kind: 'entry', campaign: 'spring', tenant: 'acme', messages: 2, atMs: 100 }, flip, { kind: 'reconcile' }],
    faults: [refused],
  });
});
