import { describe, expect, test } from 'vitest';
import { isDone, pauseMs, recoveryReport, reportedMismatches } from './rig-answers.ts';

const ok = (value: unknown) => ({ status: 200, body: typeof value === 'string' ? value : JSON.stringify(value) });

describe('the report of a round of recovery', () => {
  test('the report of a round of recovery is read from an answer that has one', () => {
    expect(recoveryReport(ok({ settled: 2, pending: 0 }))).toEqual({ settled: 2, pending: 0 });
  });

  test.each([
    ['an answer of another status', { status: 500, body: '{"settled":1}' }],
    ['no JSON', ok('Internal Server Error')],
    ['a list', ok([1])],
    ['null', ok(null)],
    ['a count that is no number', ok({ settled: '2' })],
  ])('the report of a round of recovery is missing in %s', (_, answer) => {
    expect(recoveryReport(answer)).toBeNull();
  });

  test('a round of recovery is the last one only when every count of its report is zero', () => {
    expect(isDone({ settled: 0, pending: 0 })).toBe(true);
    expect(isDone({ settled: 1, pending: 0 })).toBe(false);
    expect(isDone(null)).toBe(false);
  });

  test('the next round of recovery waits only while work is pending', () => {
    const timings = { leaseMs: 2_000, surfaceAfterMs: 3_000 };
    expect(pauseMs({ pending: 1 }, timings)).toBe(3_000);
    expect(pauseMs({ settled: 1, pending: 0 }, timings)).toBe(0);
    expect(pauseMs(null, timings)).toBe(0);
  });
});

describe('the mismatches that reconciliation reports', () => {
  const mismatch = { kind: 'missing', messageUuid: 'u' };

  test('the mismatches that reconciliation reports are read without the other fields of the answer', () => {
    expect(reportedMismatches(ok([{ ...mismatch, detail: 'x' }]))).toEqual([mismatch]);
  });

  test.each([
    ['an answer of another status', { status: 500, body: '[]' }],
    ['no list', ok({})],
    ['an entry without a uuid', ok([mismatch, { kind: 'missing' }])],
    ['an entry that is null', ok([null])],
  ])('the mismatches that reconciliation reports are unknown in %s', (_, answer) => {
    expect(reportedMismatches(answer)).toBeNull();
  });
});
