import { defineConfig } from 'vitest/config';

/** The suites by what they need: `unit` needs nothing, `live` needs embedded Postgres and real time. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{src,harness,scenarios,reports}/**/*.test.ts'],
          exclude: ['**/*.live.test.ts', '**/*.containers.test.ts', '**/*.sim.test.ts'],
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'live',
          include: ['{src,harness,scenarios,reports}/**/*.live.test.ts'],
          // Live files share two cores and a 500 ms budget: one after the other, or they falsify each other.
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
