import { defineConfig } from 'vitest/config';

const FOLDERS = '{src,harness,scenarios,reports}';
/** A test file whose name ends in one of these, such as `a.sim.test.ts`, is in that project; any other is in `fast`. */
const SUFFIXES = [
  'sim',
  'io',
  'smoke',
  'live',
  'alone',
  'proxies',
  'environments',
  'containers',
  'examples',
  'browser',
] as const;

/** Compiles the code for tests that start processes or threads: once per run, and only if the sources are newer. */
const BUILD = 'scenarios/build-once.ts';

/** Starts one PostgreSQL server for all files of a project. */
const SERVER = 'harness/live/shared-server.setup.ts';

/**
 * For tests that wait for processes and sockets. The limits only end a test that hangs: on a slow and busy machine nothing else reaches them.
 * Messages of failures hold whole values, because CI reports messages and no differences.
 */
const patient = {
  testTimeout: 300_000,
  hookTimeout: 300_000,
  expect: { poll: { timeout: 200_000 } },
  chaiConfig: { truncateThreshold: 0 },
};

/** For projects that need compiled code and real time: one file at a time, because a busy machine cannot keep budgets of 500 ms. */
const alone = { globalSetup: [BUILD], fileParallelism: false, ...patient };

/** For files that leave no global state: they share a worker, which loads the sources once. Loading takes most of a small file's time. */
const shared = { isolate: false };

function suite(name: (typeof SUFFIXES)[number]): string[] {
  return [`${FOLDERS}/**/*.${name}.test.ts`];
}

/** The projects. CONTRIBUTING.md lists what each holds and needs. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          // Needs only the sources: no socket, no process, no waiting.
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
          // The smallest tests that use both processes, PostgreSQL and the faults for real.
          name: 'smoke',
          sequence: { groupOrder: 1 },
          include: suite('smoke'),
          ...alone,
        },
      },
      {
        test: {
          // Sockets, threads, processes, a database and the installed command. No test here depends on the budget of 500 ms.
          name: 'io',
          globalSetup: [BUILD, SERVER],
          sequence: { groupOrder: 2 },
          include: suite('io'),
          ...patient,
          // These files spend most of their time waiting.
          maxWorkers: 3,
        },
      },
      {
        test: {
          // Embedded PostgreSQL, in real time. These files have at most four slots and spend most of their time waiting, so two run at once.
          name: 'live',
          sequence: { groupOrder: 3 },
          include: suite('live'),
          ...alone,
          globalSetup: [BUILD, SERVER],
          fileParallelism: true,
          maxWorkers: 2,
        },
      },
      {
        test: {
          // The same with more slots or several commands at once, or with assertions about the whole machine.
          name: 'alone',
          sequence: { groupOrder: 9 },
          include: suite('alone'),
          ...alone,
          globalSetup: [BUILD, SERVER],
        },
      },
      {
        test: {
          // The fault proxy compared with the real Toxiproxy server, and under load.
          name: 'proxies',
          sequence: { groupOrder: 4 },
          include: suite('proxies'),
          ...alone,
          maxConcurrency: 2,
        },
      },
      {
        test: {
          // The installed command under limits, in namespaces and on full disks. These files spend most of their time waiting.
          name: 'environments',
          globalSetup: [BUILD],
          sequence: { groupOrder: 5 },
          include: suite('environments'),
          ...patient,
          maxWorkers: 2,
        },
      },
      {
        test: {
          // Needs a Docker engine. Without one the suite is skipped with a notice; in CI it fails.
          name: 'containers',
          sequence: { groupOrder: 6 },
          include: suite('containers'),
          ...alone,
          globalSetup: [BUILD, 'harness/live/containers/skip-notice.ts'],
        },
      },
      {
        test: {
          // Real applications as external pairs. Needs PHP, nginx and Go. Without them the suite is skipped with a notice; in CI it fails.
          name: 'examples',
          sequence: { groupOrder: 7 },
          include: suite('examples'),
          ...alone,
        },
      },
      {
        test: {
          // The page of a report in Debian's chromium. Without it the suite is skipped with a notice; in CI it fails.
          name: 'browser',
          sequence: { groupOrder: 8 },
          include: suite('browser'),
          ...patient,
          maxWorkers: 2,
        },
      },
    ],
  },
});
