import { expect, test } from 'vitest';
import { caseSchema, type Deviation } from '../formats/case.ts';
import type { Scenario } from '../formats/scenario.ts';
import { type Nearest, nearestFaults } from './nearest-faults.ts';
import { WORLD_SITES } from './sites.ts';

const scenario: Scenario = {
  format: 'onesend.scenario/1',
  name: 'one campaign',
  seed: 1,
  tenants: [{ key: 'tenant-1', mode: 'ON', quota: 10 }],
  steps: [{ kind: 'entry', campaign: 'campaign-1', tenant: 'tenant-1', messages: 1, atMs: 100 }],
  faults: [{ kind: 'refuse', fromMs: 0, untilMs: 50 }],
};
const window = { fromMs: 0, untilMs: 1_600 };

function nearest(...decided: readonly Pick<Deviation, 'site' | 'choice'>[]): Nearest {
  const deviations = decided.map((each) => ({ key: 'campaign-1#1', attempt: 0, ...each }));
  return nearestFaults({ scenario, deviations }, { budgetMs: 500, providerTimeoutMs: 1_000 });
}

test('a late answer is replaced with a latency, in addition to the faults of the scenario', () => {
  expect(nearest({ site: 'answer', choice: 'delay' })).toEqual({
    kind: 'case',
    case: {
      scenario: {
        ...scenario,
        faults: [
          ...scenario.faults,
          { kind: 'latency', stream: 'downstream', latencyMs: 1_200, jitterMs: 0, ...window },
        ],
      },
      deviations: [],
    },
  });
});

test('a flip by a decision is replaced with a step of the scenario', () => {
  expect(nearest({ site: 'legacy', choice: 'flip' })).toMatchObject({
    kind: 'case',
    case: { scenario: { steps: [...scenario.steps, { kind: 'flip', tenant: 'tenant-1', mode: 'OFF', atMs: 250 }] } },
  });
});

test('a client that repeats a uuid by a decision is replaced with the fault that it equals', () => {
  expect(nearest({ site: 'client', choice: 'another-number' })).toMatchObject({
    kind: 'case',
    case: { scenario: { faults: [...scenario.faults, { kind: 'repeat', changes: 'number', afterMs: 700 }] } },
  });
});

test('a decision to which no fault is similar is named', () => {
  expect(nearest({ site: 'answer', choice: 'delay' }, { site: 'statement', choice: 'slow' })).toMatchObject({
    kind: 'none',
    deviation: { site: 'statement', choice: 'slow' },
  });
});

test('every decision that can be replaced gives a valid case', () => {
  const found = WORLD_SITES.flatMap(({ name, choices }) => choices.map((choice) => nearest({ site: name, choice })));
  const cases = found.flatMap((each) => (each.kind === 'case' ? [each.case] : []));
  expect(cases).toHaveLength(22);
  expect(cases.filter((each) => !caseSchema.safeParse(each).success)).toEqual([]);
});
