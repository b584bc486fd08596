import { describe, expect, test } from 'vitest';
import type { Scenario } from '../formats/scenario.ts';
import { planHeader, planRun } from './run-plan.ts';

const scenario: Scenario = {
  format: 'onesend.scenario/1',
  name: 'a plan',
  seed: 1,
  tenants: [
    { key: 'a', mode: 'ON', quota: 1 },
    { key: 'b', mode: 'OFF', quota: 1 },
  ],
  steps: [
    { kind: 'entry', campaign: 'c', tenant: 'a', messages: 8, atMs: 0 },
    { kind: 'entry', campaign: 'd', tenant: 'b', messages: 2, atMs: 0 },
  ],
  faults: [],
};

describe('the plan of a run', () => {
  test('the plan of a run gives every item of every run and slot a unique recipient with an unassigned country code', () => {
    const plans = [1, 2, 3].flatMap((run) => [1, 2].map((slot) => planRun(scenario, { slot, run })));
    const recipients = plans.flatMap((plan) => plan.items.map((item) => item.recipient));
    expect(new Set(recipients).size).toBe(plans.length * 10);
    expect(recipients.every((recipient) => /^\+999\d{10}$/.test(recipient))).toBe(true);
  });

  test.each([
    ['near', 40],
    ['equal', 1],
  ] as const)(
    'the plan of a run gives a campaign of %s numbers %i of them that no other run has, and finds each item by number and text',
    (numbers, count) => {
      const steps: Scenario['steps'] = [
        { kind: 'entry', campaign: 'c', tenant: 'a', messages: 40, numbers, atMs: 0 },
        { kind: 'entry', campaign: 'd', tenant: 'b', messages: 2, atMs: 0 },
      ];
      const plans = [1, 2].flatMap((run) => [1, 2].map((slot) => planRun({ ...scenario, steps }, { slot, run })));
      const recipients = new Set(plans.flatMap((plan) => plan.items.map(({ recipient }) => recipient)));
      expect(recipients.size).toBe(plans.length * (count + 2));
      expect([...recipients].every((recipient) => /^\+999\d{10,12}$/.test(recipient))).toBe(true);
      for (const { items, finder } of plans) {
        const own = items.filter(({ campaign }) => campaign === 'c').map(({ recipient }) => recipient.slice(-7));
        expect(new Set(own).size).toBe(1);
        expect(items.filter((item) => finder.find(item.recipient, item.body) !== item)).toEqual([]);
      }
    },
  );

  test('the plan of a run sends the items of a campaign through its providers in turn, each with its tenant’s account there', () => {
    const steps: Scenario['steps'] = [
      { kind: 'entry', campaign: 'c', tenant: 'a', messages: 3, providers: ['twilio', 'vonage'], atMs: 0 },
      { kind: 'entry', campaign: 'd', tenant: 'b', messages: 1, atMs: 0 },
    ];
    const { tenants, items } = planRun({ ...scenario, steps }, { slot: 1, run: 1 });
    const [first, second] = tenants;
    expect(first?.others.map(({ provider }) => provider)).toEqual(['vonage']);
    expect(second?.others).toEqual([]);
    const other = first?.others[0]?.account;
    expect(items.map(({ provider, account }) => [provider, account])).toEqual([
      ['twilio', first?.account],
      ['vonage', other],
      ['twilio', first?.account],
      ['twilio', second?.account],
    ]);
    expect(new Set([first?.account, other, second?.account]).size).toBe(3);
  });

  test('the plan of a run never uses an id, an account or a campaign twice in one slot', () => {
    const plans = [1, 2, 3].map((run) => planRun(scenario, { slot: 1, run }));
    const unique = <T>(values: T[]): boolean => new Set(values).size === values.length;
    expect(unique(plans.flatMap((plan) => plan.tenants.map((tenant) => tenant.account)))).toBe(true);
    expect(unique(plans.flatMap((plan) => plan.items.map((item) => item.itemId)))).toBe(true);
    expect(unique(plans.flatMap((plan) => [...plan.campaignIds.values()]))).toBe(true);
  });

  test('the plan of a run assigns each item to the tenant of its campaign', () => {
    const plan = planRun(scenario, { slot: 1, run: 1 });
    const tenantIds = new Map(plan.tenants.map((tenant) => [tenant.key, tenant.tenantId]));
    expect(plan.items.filter((item) => item.campaign === 'd').map((item) => item.tenantId)).toEqual([
      tenantIds.get('b'),
      tenantIds.get('b'),
    ]);
  });

  test('the header of a plan names no accounts of tenants when accounts belong to processes', () => {
    const plan = planRun(scenario, { slot: 1, run: 1 });
    expect(planHeader(plan).tenants.map(({ account }) => account)).toEqual(plan.tenants.map(({ account }) => account));
    expect(planHeader(plan, 'process').tenants.map(({ account }) => account)).toEqual([null, null]);
  });
});
