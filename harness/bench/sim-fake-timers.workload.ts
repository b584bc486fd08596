// The engine benchmark's workload on vitest's fake timers, installed once. It is a test because these timers exist only in vitest.
import { expect, test, vi } from 'vitest';
import { serveRounds } from './served-rounds.ts';
import { round, type TimePrimitives } from './sim-workload.ts';

const primitives: TimePrimitives = {
  sleep: (ms) => new Promise((resolve) => void setTimeout(resolve, ms)),
  within: (ms, work) =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => resolve(undefined), ms);
      work.then(resolve, reject).finally(() => clearTimeout(timer));
    }),
};

test('the workload runs on fake timers', async () => {
  vi.useFakeTimers();
  let rounds = 0;
  await serveRounds(async (count) => {
    for (let index = 0; index < count; index += 1) {
      const done = round(primitives);
      await vi.runAllTimersAsync();
      await done;
      rounds += 1;
    }
  });
  vi.useRealTimers();
  expect(rounds).toBeGreaterThan(0);
}, 600_000);
