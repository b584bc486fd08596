// Tests `onesend gate` in this process: what a job on GitHub shows, and the files that it writes.
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runInProcess } from '../run-in-process.fixture.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'onesend-gate-test-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function onesend(commandArguments: readonly string[], environment: NodeJS.ProcessEnv = {}) {
  return runInProcess(commandArguments, { environment, folder });
}

test('a failing gate shows its line, the picture and annotations in a job on GitHub, with lines that run it again on this lane', async () => {
  const out = join(folder, 'out');
  const environment = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: join(folder, 'summary') };
  const commandLine = ['gate', '1', '--lane', 'sim', '--system', 'as-written', '--quiet', '--out', out];
  const { exitCode, stdout, stderr } = await onesend(commandLine, environment);
  expect(exitCode).toBe(1);
  expect(stdout).toContain('npx onesend gate 1 --system as-written --lane sim');
  expect((await readdir(out)).toSorted()).toEqual(['gates-junit.xml', 'gates-summary.md', 'gates.json']);

  const summary = await readFile(join(folder, 'summary'), 'utf8');
  const file = await readFile(join(out, 'gates-summary.md'), 'utf8');
  const atEnd = /^\n### Replay it on your machine\n.*\nnpx onesend replay artifact\/(\S+)\n```\n$/su;
  expect([summary.slice(0, file.length), summary.slice(file.length)]).toEqual([file, expect.stringMatching(atEnd)]);
  const [, inArtifact = ''] = atEnd.exec(summary.slice(file.length)) ?? [];
  const replayed = await onesend(['replay', join(folder, inArtifact)]);
  expect(replayed).toMatchObject({ exitCode: 1, stdout: expect.stringMatching(/^FAILED: /) });
  expect(summary).toMatch(/^## ❌ Onesend: VIOLATION.*\n\n```text\nFAIL: /);
  expect(summary).toContain('was sent twice');
  const [token = ''] = /sim:v2:[\w-]+/.exec(stderr) ?? [];
  expect(await onesend(['replay', token])).toMatchObject({ exitCode: 1, stdout: expect.stringMatching(/^FAILED: /) });

  const annotations = stderr.split('\n').filter((line) => line.startsWith('::'));
  expect(annotations[0]).toMatch(/^::error title=Onesend gate 1::FAIL: /);
  const titles = annotations.map((line) => /title=([^:]*)::/.exec(line)?.[1]);
  expect(titles).toContainEqual(expect.stringMatching(/^Onesend S1-/));
  expect(new Set(titles).size).toBe(titles.length);
  // The summary shows one counterexample for each run, under the first of its fingerprints.
  const pictures = summary.match(/^counterexample +(\S+),/gm) ?? [];
  expect(pictures).toHaveLength(2);
  expect(annotations).toHaveLength(1 + pictures.length);
  expect((await readdir(join(folder, '.onesend', 'failures'))).length).toBeGreaterThan(pictures.length);
});
