import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { annotationLines } from '../../reports/annotations.ts';
import { doubleSendCounterexample } from '../../reports/history.fixture.ts';
import { violatingResult } from '../../reports/result.fixture.ts';
import { renderStepSummary } from '../../reports/step-summary.ts';
import { showOnGithub } from './github.ts';
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

async function shown(environment: NodeJS.ProcessEnv): Promise<{ stdout: string; stderr: string }> {
  const streams = { stdout: '', stderr: '' };
  const screen = createScreen({
    stdout: { write: (text: string) => (streams.stdout += text) },
    stderr: { write: (text: string) => (streams.stderr += text) },
    environment: {},
    flags: { json: false, quiet: true, color: false },
  });
  const made = { summary: () => renderStepSummary(parts), annotations: () => annotationLines(parts) };
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
