import { defineConfig } from 'vitest/config';

const FOLDERS = '{src,harness,scenarios,reports}';
/** The ends of names that put a test file into a project other than `fast`. */
const SUFFIXES = ['sim', 'io', 'smoke', 'live', 'proxies', 'environments', 'containers', 'examples', 'browser'];

/** Compiled code for what starts processes and threads; it is built once, and only when it is older than its sources. */
const BUILD = 'scenarios/build-once.ts';

/** One PostgreSQL server for all files of a project. */
const SERVER = 'harness/live/shared-server.setup.ts';

/** A project that needs compiled code and real time, and shares two cores and a budget of 500 ms with nothing: one file at a time. */
const alone = { globalSetup: [BUILD], fileParallelism: false, testTimeout: 180_000, hookTimeout: 120_000 };

/** Files that leave nothing behind need no process each: a worker loads the sources once, which is most of the time of small files. */
const shared = { isolate: false };

function suite(name: string): string[] {
  return [`${FOLDERS}/**/*.${name}.test.ts`];
}

/** The suites by what they need. CONTRIBUTING says what belongs where; the end of a file's name decides. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          // Needs nothing: sources only, no socket, no process, no waiting.
          name: 'fast',
          ...shared,
          sequence: { groupOrder: 0 },
          include: [`${FOLDERS}/**/*.test.ts`],
          testTimeout: 60_000,
          exclude: SUFFIXES.map((suffix) => `**/*.${suffix}.test.ts`),
        },
      },
      {
        test: {
          // Whole systems in virtual time, in this process.
          name: 'sim',
          ...shared,
          sequence: { groupOrder: 0 },
          include: suite('sim'),
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          // The least that shows that both servers, both processes and the faults are real.
          name: 'smoke',
          sequence: { groupOrder: 1 },
          include: suite('smoke'),
          ...alone,
        },
      },
      {
        test: {
          // Sockets, threads, processes, a database and the command as it is installed; nothing here depends on 500 ms.
          name: 'io',
          globalSetup: [BUILD, SERVER],
          sequence: { groupOrder: 2 },
          include: suite('io'),
          testTimeout: 60_000,
          hookTimeout: 60_000,
          // Most of the time these files wait.
          maxWorkers: 3,
        },
      },
      {
        test: {
          // Embedded PostgreSQL and real time.
          name: 'live',
          sequence: { groupOrder: 3 },
          include: suite('live'),
          ...alone,
          globalSetup: [BUILD, SERVER],
        },
      },
      {
        test: {
          // The fault proxy beside the real Toxiproxy server, and under load.
          name: 'proxies',
          sequence: { groupOrder: 4 },
          include: suite('proxies'),
          ...alone,
          testTimeout: 60_000,
          maxConcurrency: 2,
        },
      },
      {
        test: {
          // The installed command in surroundings that are hostile: limits, namespaces, full disks. Most of the time these files wait.
          name: 'environments',
          globalSetup: [BUILD],
          sequence: { groupOrder: 5 },
          include: suite('environments'),
          testTimeout: 60_000,
          hookTimeout: 60_000,
          maxWorkers: 2,
        },
      },
      {
        test: {
          // Needs a Docker engine; without one it is skipped and says so, but in CI, where it fails.
          name: 'containers',
          sequence: { groupOrder: 6 },
          include: suite('containers'),
          ...alone,
          globalSetup: [BUILD, 'harness/live/containers/skip-notice.ts'],
        },
      },
      {
        test: {
          // Real applications as external pairs: needs PHP, nginx and Go; without them it is skipped and says so, but in CI, where it fails.
          name: 'examples',
          sequence: { groupOrder: 7 },
          include: suite('examples'),
          ...alone,
        },
      },
      {
        test: {
          // The page of a report in Debian's chromium; without it these are skipped and say so, but in CI, where they fail.
          name: 'browser',
          sequence: { groupOrder: 8 },
          include: suite('browser'),
          testTimeout: 60_000,
          hookTimeout: 60_000,
          maxWorkers: 2,
        },
      },
    ],
  },
});
