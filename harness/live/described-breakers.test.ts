import { expect, test } from 'vitest';
import { campaignScenario } from '../generators/campaign-scenario.ts';
import { refusalOfBreakers } from './described-breakers.ts';

const openedAt = (fromMs: number) =>
  campaignScenario({ mode: 'ON', faults: [{ kind: 'breaker-open', breaker: 'live', fromMs }] });

test('failed calls can open a breaker before a scenario begins, and not later', () => {
  const byFailures = { openBreaker: { failures: 3 } };
  expect(refusalOfBreakers(byFailures, openedAt(0))).toBeUndefined();
  expect(refusalOfBreakers(byFailures, openedAt(1))?.hint).toContain('0 ms');
  expect(refusalOfBreakers({ openBreaker: { sql: ['SELECT 1'] } }, openedAt(1))).toBeUndefined();
  expect(refusalOfBreakers({}, openedAt(1))).toBeUndefined();
});
