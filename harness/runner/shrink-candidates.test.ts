import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { scenarioSchema, type Scenario } from '../formats/scenario.ts';
import { scenarioArbitrary } from '../generators/scenario-arbitrary.ts';
import { busy } from './busy-scenario.fixture.ts';
import { shrinkCandidates, weightOf } from './shrink-candidates.ts';

function entryOf({ steps }: Scenario) {
  const first = steps.find((step) => step.kind === 'entry');
  if (first === undefined) throw new RangeError('no entry');
  return first;
}

describe('the simpler neighbours of a scenario', () => {
  test('the simpler neighbours of a scenario are valid, lighter and ordered by how much they remove', () => {
    fc.assert(
      fc.property(scenarioArbitrary, (scenario) => {
        const candidates = shrinkCandidates(scenario);
        const weights = candidates.map(weightOf);
        expect(weights).toEqual(weights.toSorted((a, b) => a - b));
        expect(weights.every((weight) => weight < weightOf(scenario))).toBe(true);
        expect(candidates.every((candidate) => scenarioSchema.safeParse(candidate).success)).toBe(true);
      }),
    );
  });

  test('the simpler neighbours of a scenario include one with only the first campaign of each tenant', () => {
    const alone = shrinkCandidates({ ...busy, steps: [...busy.steps, { ...entryOf(busy), campaign: 'campaign-3' }] });
    const campaigns = alone.map(({ steps }) =>
      steps.flatMap((step) => (step.kind === 'entry' ? [`${step.campaign} ${step.messages}`] : [])),
    );
    expect(campaigns).toContainEqual(['campaign-1 1', 'campaign-2 1']);
  });

  test('the simpler neighbours of a scenario have faults of simpler kinds, but not of more unusual kinds', () => {
    const refused: Scenario = { ...busy, faults: [{ kind: 'refuse', fromMs: 0, untilMs: 1_500 }] };
    const kinds = shrinkCandidates(refused).flatMap(({ faults }) => faults.map(({ kind }) => kind));
    expect(new Set(kinds)).toEqual(new Set(['refuse', 'latency']));
  });

  test('the simpler neighbours of a scenario include one without the second service process and one without wrong clocks', () => {
    const odd: Scenario = { ...busy, serviceInstances: 2, skewMicros: { legacy: 1, service: 0 } };
    const candidates = shrinkCandidates(odd).map(({ serviceInstances, skewMicros, ...rest }) => {
      return JSON.stringify(rest) === JSON.stringify(busy) ? [serviceInstances, skewMicros] : [];
    });
    expect(candidates).toContainEqual([undefined, odd.skewMicros]);
    expect(candidates).toContainEqual([2, undefined]);
  });

  test('the simpler neighbours of a scenario do not exist for the plainest scenario', () => {
    const plain: Scenario = {
      ...busy,
      tenants: [{ key: 'tenant-1', mode: 'ON', quota: 10 }],
      steps: [{ kind: 'entry', campaign: 'campaign-1', tenant: 'tenant-1', messages: 1, atMs: 100 }],
      faults: [],
    };
    expect(shrinkCandidates(plain)).toEqual([]);
  });
});
