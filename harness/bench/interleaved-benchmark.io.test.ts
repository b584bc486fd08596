// Every variant of the simulator's benchmarks serves rounds, and one that ends early is reported.
import { expect, test } from 'vitest';
import { InfrastructureError } from '../platform/errors.ts';
import { measureInterleaved } from './interleaved-benchmark.ts';
import { VARIANTS } from './sim-variants.ts';

const ALL = Object.keys(VARIANTS);
const LEAST = { warmUpRounds: 1, batchMs: 1, turns: 1 };

test('every variant serves rounds that take time', async () => {
  const micros = await measureInterleaved(ALL, LEAST);
  expect(Object.keys(micros)).toEqual(ALL);
  expect(Object.values(micros).filter((measured) => !(measured > 0))).toEqual([]);
});

test('a variant whose process ends is no measurement', async () => {
  await expect(measureInterleaved(['nothing-of-the-kind'], LEAST)).rejects.toThrow(InfrastructureError);
});
