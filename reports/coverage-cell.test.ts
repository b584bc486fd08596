import { expect, test } from 'vitest';
import { coverageCell, faultsOf, modesOf } from './coverage-cell.ts';
import { passingResult, violatingResult } from './result.fixture.ts';

const [lane] = violatingResult.lanes;
if (lane === undefined) throw new RangeError('a result has a lane');
const of = { lane, result: violatingResult };

test('a cell of a violated property shows how often, also for one of its faults', () => {
  const place = { property: 'S1', mode: 'ON', fault: 'latency downstream' } as const;
  expect(coverageCell(of, place)).toEqual({ state: 'VIOLATED', exercised: 9, violations: 3 });
  expect(coverageCell(of, { property: 'S1', mode: 'ON' })).toEqual({
    state: 'VIOLATED',
    exercised: 169,
    violations: 3,
  });
});

test('the cell of all modes counts a run once, as the evidence does', () => {
  expect(coverageCell(of, { property: 'S2' })).toEqual({ state: 'HIT', exercised: 480, violations: 0 });
});

test('a cell that was planned and never exercised is MISSED', () => {
  expect(coverageCell(of, { property: 'S2', mode: 'unknown' }).state).toBe('MISSED');
  expect(coverageCell(of, { property: 'S2', mode: 'OFF', fault: 'service crash' }).state).toBe('MISSED');
});

test('a property that the system does not show is NOT OBSERVED, and one that it does not have is IMPOSSIBLE', () => {
  expect(coverageCell(of, { property: 'S21', mode: 'ON' }).state).toBe('NOT OBSERVED');
  const without = { ...passingResult, vantages: [], absent: ['service'] };
  expect(coverageCell({ lane, result: without }, { property: 'L7' }).state).toBe('IMPOSSIBLE');
  const place = { property: 'S2', fault: 'service crash' } as const;
  expect(coverageCell({ lane, result: without }, place).state).toBe('IMPOSSIBLE');
  expect(coverageCell({ lane, result: passingResult }, place).state).toBe('MISSED');
});

test('a cell that was exercised counts, even if its fault was declared absent', () => {
  const place = { property: 'S1', fault: 'latency downstream', mode: 'ON' } as const;
  expect(coverageCell({ lane, result: { ...violatingResult, absent: ['latency'] } }, place).state).toBe('VIOLATED');
});

test('all modes and faults of a lane are listed, including absent faults', () => {
  expect(modesOf(lane)).toEqual(['OFF', 'SHADOW', 'ON', 'unknown']);
  expect(faultsOf({ lane, result: { ...violatingResult, absent: ['refuse'] } })).toEqual([
    'none',
    'latency downstream',
    'refuse',
    'service crash',
  ]);
});
