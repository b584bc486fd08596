import { describe, expect, test } from 'vitest';
import { campaignScenario } from '../generators/campaign-scenario.ts';
import { liveRefusal } from './refusal.ts';

const plain = campaignScenario();

describe('the live lane', () => {
  test.each([
    ['two service processes', { serviceInstances: 2 }, 'serviceInstances 2'],
    ['a skewed clock of the legacy app', { skewMicros: { legacy: -1, service: 0 } }, 'skewMicros -1 and 0'],
    ['a skewed clock of the service', { skewMicros: { legacy: 0, service: 5 } }, 'skewMicros 0 and 5'],
  ] as const)('the live lane refuses a scenario with %s', (_, fields, words) => {
    expect(liveRefusal({ scenario: { ...plain, ...fields }, deviations: [] }, [])?.message).toContain(words);
  });

  test('the live lane refuses a case with deviations', () => {
    const deviation = { site: 'answer', key: 'campaign-1#1', attempt: 0, choice: 'delay' };
    expect(liveRefusal({ scenario: plain, deviations: [deviation] }, [])?.message).toContain('received 1');
  });

  test('the live lane refuses a fault that the description lists as absent', () => {
    const scenario = campaignScenario({ faults: [{ kind: 'breaker-open', breaker: 'live', fromMs: 0 }] });
    expect(liveRefusal({ scenario, deviations: [] }, ['crash'])).toBeUndefined();
    expect(liveRefusal({ scenario, deviations: [] }, ['breaker-open'])?.hint).toContain('Absent faults');
    expect(liveRefusal({ scenario, deviations: [] }, ['breaker-open'])?.message).toMatch(
      /cannot happen to it .*openBreaker/,
    );
  });

  test('the live lane accepts a scenario that states the default number of services and clock skew', () => {
    const right = { serviceInstances: 1, skewMicros: { legacy: 0, service: 0 } } as const;
    expect(liveRefusal({ scenario: plain, deviations: [] }, [])).toBeUndefined();
    expect(liveRefusal({ scenario: { ...plain, ...right }, deviations: [] }, [])).toBeUndefined();
  });
});
