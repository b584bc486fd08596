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

/** The summary of a run in which one test of each project passed, in this number of seconds. */
async function summaryOf(projects: readonly string[], seconds = 2) {
  const testResults = projects.map((project) => ({
    name: join(packageRoot, project === 'fast' ? 'harness/a.test.ts' : `harness/a.${project}.test.ts`),
    startTime: 1_000,
    endTime: 1_000 + seconds * 1_000,
    assertionResults: [{ status: 'passed', fullName: 'a holds' }],
  }));
  await writeFile(join(folder, 'tests-test.json'), JSON.stringify({ testResults }));
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
