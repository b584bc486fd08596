import { defineConfig } from 'vitest/config';

/**
 * The suites by what they need: `unit` and `sim` need nothing, `live` needs embedded Postgres and real time, `proxies` the real
 * Toxiproxy server, `containers` a Docker engine.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          globalSetup: ['scenarios/build-once.ts'],
          sequence: { groupOrder: 0 },
          include: ['{src,harness,scenarios,reports}/**/*.test.ts'],
          exclude: ['**/*.live.test.ts', '**/*.containers.test.ts', '**/*.sim.test.ts', '**/*.proxies.test.ts'],
          testTimeout: 20_000,
        },
      },
      {
        test: {
          // Whole systems in virtual time.
          name: 'sim',
          globalSetup: ['scenarios/build-once.ts'],
          sequence: { groupOrder: 0 },
          include: ['{src,harness,scenarios,reports}/**/*.sim.test.ts'],
          testTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'live',
          globalSetup: ['scenarios/build-once.ts'],
          // After the unit tests, never beside them.
          sequence: { groupOrder: 1 },
          include: ['{src,harness,scenarios,reports}/**/*.live.test.ts'],
          // Live files share two cores and a 500 ms budget: one after the other, or they falsify each other.
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          // The fault proxy beside the real Toxiproxy server, and under load: they share two cores, so one file at a time.
          name: 'proxies',
          globalSetup: ['scenarios/build-once.ts'],
          sequence: { groupOrder: 2 },
          include: ['harness/**/*.proxies.test.ts'],
          fileParallelism: false,
          testTimeout: 60_000,
        },
      },
      {
        test: {
          // Needs a Docker engine; without one it is skipped and says so, but in CI, where it fails.
          name: 'containers',
          globalSetup: ['scenarios/build-once.ts', 'harness/live/containers/skip-notice.ts'],
          sequence: { groupOrder: 3 },
          include: ['{src,harness,scenarios,reports}/**/*.containers.test.ts'],
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
