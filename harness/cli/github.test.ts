import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { annotationLines } from '../../reports/annotations.ts';
import { doubleSendCounterexample } from '../../reports/history.fixture.ts';
import { violatingResult } from '../../reports/result.fixture.ts';
import { renderStepSummary } from '../../reports/step-summary.ts';
import { showOnGithub } from './github.ts';
import { artifactLineOf } from './replay-line.ts';
import { createScreen } from './screen.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'onesend-github-test-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const parts = {
  result: violatingResult,
  counterexamples: [doubleSendCounterexample],
  replayLine: () => 'npx onesend replay S1',
};

async function shown(
  environment: NodeJS.ProcessEnv,
  replayFrom?: (folder: string) => string,
): Promise<{ stdout: string; stderr: string }> {
  const streams = { stdout: '', stderr: '' };
  const screen = createScreen({
    stdout: { write: (text: string) => (streams.stdout += text) },
    stderr: { write: (text: string) => (streams.stderr += text) },
    environment: {},
    flags: { json: false, quiet: true, color: false },
  });
  const made = { summary: () => renderStepSummary(parts), annotations: () => annotationLines(parts), replayFrom };
  await showOnGithub(made, { environment, screen });
  return streams;
}

test('a job on GitHub gets annotations on stderr, and the picture is appended to its summary', async () => {
  const file = join(folder, 'summary');
  await writeFile(file, 'the step before\n');
  const { stdout, stderr } = await shown({ GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: file });
  expect(stdout).toBe('');
  expect(stderr).toMatch(/^::error title=Onesend [^\n]*\n$/);
  expect(await readFile(file, 'utf8')).toMatch(/^the step before\n## .*```text\n/s);
});

test('outside of GitHub no annotations are printed', async () => {
  expect(await shown({})).toEqual({ stdout: '', stderr: '' });
});

test('a summary for GitHub that cannot be written causes a note on stderr', async () => {
  const { stderr } = await shown({ GITHUB_STEP_SUMMARY: join(folder, 'nowhere', 'summary') });
  expect(stderr).toMatch(/^the summary of the job could not be written: ENOENT/);
});

test('the summary ends with the lines that replay the first counterexample from the artifact of the job', async () => {
  const replayFrom = artifactLineOf([doubleSendCounterexample], {});
  const file = join(folder, 'summary');
  const lastBlock = async (environment: NodeJS.ProcessEnv): Promise<string[]> => {
    await rm(file, { force: true });
    await shown({ GITHUB_STEP_SUMMARY: file, ...environment }, replayFrom);
    const lines = (await readFile(file, 'utf8')).split('\n');
    return lines.slice(lines.indexOf('### Replay it on your machine') + 2);
  };
  const job = { GITHUB_RUN_ID: '1234', GITHUB_REPOSITORY: 'acme/pair' };
  const { id } = doubleSendCounterexample;
  expect(await lastBlock({ ...job, ONESEND_ARTIFACT: 'onesend-certify-0-1' })).toEqual([
    'In the folder of the configuration:',
    '',
    '```text',
    'gh run download 1234 --repo acme/pair --name onesend-certify-0-1 --dir onesend-certify-0-1',
    `npx onesend replay onesend-certify-0-1/.onesend/failures/${id}.json`,
    '```',
    '',
  ]);
  // A workflow of a team's own does not say what its artifact is called.
  expect(await lastBlock(job)).toEqual([
    expect.stringContaining('unpack it into a folder `artifact`'),
    '',
    '```text',
    `npx onesend replay artifact/.onesend/failures/${id}.json`,
    '```',
    '',
  ]);
});

test('the summary of a run without a counterexample says nothing about the artifact', async () => {
  const file = join(folder, 'summary');
  await shown({ GITHUB_STEP_SUMMARY: file }, artifactLineOf([], {}));
  expect(await readFile(file, 'utf8')).not.toContain('on your machine');
});
