import { describe, expect, test } from 'vitest';
import { campaignScenario } from '../generators/campaign-scenario.ts';
import { scenarioSchema } from './scenario.ts';

const plain = campaignScenario();

describe('the hosts of a scenario', () => {
  test.each([
    ['one for each system, by default', {}],
    ['two for the service', { serviceInstances: 2 }],
    ['machines whose clocks are off by a minute', { skewMicros: { legacy: -60_000_000, service: 60_000_000 } }],
  ])('the hosts of a scenario can be %s', (_, fields) => {
    expect(scenarioSchema.parse({ ...plain, ...fields })).toEqual({ ...plain, ...fields });
  });

  test.each([
    ['three service processes', { serviceInstances: 3 }],
    ['no service process', { serviceInstances: 0 }],
    ['a clock that is off by more than a minute', { skewMicros: { legacy: 60_000_001, service: 0 } }],
    ['a skew of one host only', { skewMicros: { legacy: 1 } }],
    ['given by an undefined field', { serviceInstances: undefined }],
  ])('the hosts of a scenario cannot be %s', (_, fields) => {
    expect(scenarioSchema.safeParse({ ...plain, ...fields }).success).toBe(false);
  });
});
