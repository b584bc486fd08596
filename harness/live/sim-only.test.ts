import { describe, expect, test } from 'vitest';
import { campaignScenario } from '../generators/campaign-scenario.ts';
import { UsageError } from '../platform/errors.ts';
import { refuseSimOnly } from './sim-only.ts';

const plain = campaignScenario();

describe('the live lane', () => {
  test.each([
    ['two service processes', { serviceInstances: 2 }, 'serviceInstances 2'],
    ['a legacy app whose clock is off', { skewMicros: { legacy: -1, service: 0 } }, 'skewMicros -1 and 0'],
    ['a service whose clock is off', { skewMicros: { legacy: 0, service: 5 } }, 'skewMicros 0 and 5'],
  ] as const)('refuses a scenario with %s', (_, fields, words) => {
    const refuse = (): void => refuseSimOnly({ ...plain, ...fields });
    expect(refuse).toThrow(UsageError);
    expect(refuse).toThrow(words);
  });

  test('takes a scenario that says what is so anyway', () => {
    expect(() => refuseSimOnly(plain)).not.toThrow();
    expect(() => refuseSimOnly({ ...plain, serviceInstances: 1, skewMicros: { legacy: 0, service: 0 } })).not.toThrow();
  });
});
