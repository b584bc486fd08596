// Tests the last lines of CI on the outcomes of a small run.
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { packageRoot } from './platform/compiled-module.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'onesend-ci-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** The names of all test projects. */
const CONFIG = readFileSync(join(packageRoot, 'vitest.config.ts'), 'utf8');
const PROJECTS = [...CONFIG.matchAll(/name: '(\w+)'/g)].map(([, name = '']) => name);

/** What the JSON report of the tests says about a file. */
interface FileReport {
  readonly name: string;
  readonly startTime: number;
  readonly endTime: number;
  readonly message?: string;
  readonly assertionResults: readonly { status: string; fullName: string; failureMessages?: readonly string[] }[];
}

/** The summary of a run in which one test of each project passed, in this number of seconds, and of `more` files. */
async function summaryOf(projects: readonly string[], seconds = 2, more: readonly FileReport[] = []) {
  const testResults: FileReport[] = projects.map((project) => ({
    name: join(packageRoot, project === 'fast' ? 'harness/a.test.ts' : `harness/a.${project}.test.ts`),
    startTime: 1_000,
    endTime: 1_000 + seconds * 1_000,
    assertionResults: [{ status: 'passed', fullName: 'a holds' }],
  }));
  await writeFile(join(folder, 'tests-test.json'), JSON.stringify({ testResults: [...testResults, ...more] }));
  await writeFile(join(folder, 'steps.tsv'), '0\t7\tnpm ci\n');
  return execa(process.execPath, ['.ci/summary.mjs', folder], { cwd: packageRoot, reject: false });
}

test('CI passes if each project of the tests ran a test that passed', async () => {
  const { exitCode, stdout } = await summaryOf(PROJECTS);
  expect(exitCode).toBe(0);
  expect(stdout.split('\n').at(-1)).toBe(`${PROJECTS.length} passed, 0 failed`);
});

test.each(PROJECTS)('CI fails if no test of the project %s ran', async (absent) => {
  const { exitCode, stdout } = await summaryOf(PROJECTS.filter((project) => project !== absent));
  expect(exitCode).toBe(1);
  expect(stdout).toContain(`ci: no test of the project ${absent} passed`);
});

test('the summary of CI lists the seconds of each project, file and step', async () => {
  const { stdout } = await summaryOf(PROJECTS, 3);
  expect(stdout).toMatch(/^ +1 passed in project live, 3 s$/m);
  expect(stdout).toMatch(/^ +3 s {2}harness\/a\.live\.test\.ts$/m);
  expect(stdout).toMatch(/^ +7 s {2}npm ci$/m);
});

/** A file that the report names `harness/b.io.test.ts`, in which one test failed for these reasons. */
const failing = (...failureMessages: string[]): FileReport => ({
  name: 'harness/b.io.test.ts',
  startTime: 1_000,
  endTime: 2_000,
  assertionResults: [{ status: 'failed', fullName: 'b holds', failureMessages }],
});

test('the summary of CI says why a test failed, without colours and without the frames of dependencies', async () => {
  const frames = [
    '    at Proxy.<anonymous> (file:///a/node_modules/chai/index.js:1:2)',
    '    at /a/harness/b.io.test.ts:3:4',
  ];
  const red = `\u{1B}[31mAssertionError: expected 1 to be 2\u{1B}[39m`;
  const { exitCode, stdout } = await summaryOf(PROJECTS, 2, [
    failing('Error: Test timed out in 60000ms.', [red, '', ...frames].join('\n')),
  ]);
  expect(exitCode).toBe(1);
  expect(stdout).toContain(`FAILED harness/b.io.test.ts: b holds
        Error: Test timed out in 60000ms.
        AssertionError: expected 1 to be 2
            at /a/harness/b.io.test.ts:3:4
`);
  expect(stdout).not.toContain('node_modules');
});

test('the summary of CI prints the first lines of a long failure, and counts the others', async () => {
  const lines = Array.from({ length: 40 }, (_, index) => `line ${index + 1}`);
  const { stdout } = await summaryOf(PROJECTS, 2, [failing(lines.join('\n'))]);
  expect(stdout).toContain('        line 12\n        ... 28 more lines\n');
  expect(stdout).not.toContain('line 13');
});

test('the summary of CI shortens a long line of a failure', async () => {
  const { stdout } = await summaryOf(PROJECTS, 2, [failing(`expected ${'x'.repeat(3_000)}`)]);
  expect(stdout).toMatch(/^ {8}expected x{1991} \.\.\.$/m);
});

test('the summary of CI says why a file failed outside of its tests', async () => {
  const message = 'Failed to load ./absent.ts';
  const { stdout } = await summaryOf(PROJECTS, 2, [{ ...failing(), message, assertionResults: [] }]);
  expect(stdout).toContain(`FAILED harness/b.io.test.ts\n        ${message}\n`);
});
