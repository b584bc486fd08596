// The interleaved benchmark with every variant of the simulator's benchmarks, and with a variant that does not exist.
import { expect, test } from 'vitest';
import { InfrastructureError } from '../platform/errors.ts';
import { measureInterleaved } from './interleaved-benchmark.ts';
import { VARIANTS } from './sim-variants.ts';

const ALL = Object.keys(VARIANTS);
const LEAST = { warmUpRounds: 1, batchMs: 1, turns: 1 };

test('every variant of the benchmarks serves rounds, and their CPU time is measured', async () => {
  const micros = await measureInterleaved(ALL, LEAST);
  expect(Object.keys(micros)).toEqual(ALL);
  expect(Object.values(micros).filter((measured) => !(measured > 0))).toEqual([]);
});

test('a variant whose process ends early makes the measurement fail', async () => {
  await expect(measureInterleaved(['nothing-of-the-kind'], LEAST)).rejects.toThrow(InfrastructureError);
});
