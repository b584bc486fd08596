import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { doubleSendCounterexample } from '../../reports/history.fixture.ts';
import { acceptingBaseline } from '../../reports/result.fixture.ts';
import { readDocument } from '../formats/document.ts';
import { type Counterexample, counterexampleDocument } from '../formats/counterexample.ts';
import { failuresFolder, keepFailures, lastFailed } from './failures.ts';

let folder = '';
let notes: string[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'onesend-failures-'));
  notes = [];
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const { id } = doubleSendCounterexample;

function keep(counterexamples: Counterexample[], isPass = false): Promise<string[]> {
  const screen = { note: (line: string) => notes.push(line) } as never;
  return keepFailures(counterexamples, { verdict: isPass ? 'pass' : 'violation', context: { folder, screen } });
}

test('a counterexample is kept under its id, replaces one with the same id, and is in a folder that git ignores', async () => {
  await keep([{ ...doubleSendCounterexample, origin: { versions: {}, startedAt: 'before' } }]);
  await keep([doubleSendCounterexample]);
  const file = join(folder, '.onesend', 'failures', `${id}.json`);
  expect(await readDocument(counterexampleDocument, file)).toEqual(doubleSendCounterexample);
  expect(await readdir(join(folder, '.onesend', 'failures'))).toEqual([`${id}.json`]);
  expect(await readFile(join(folder, '.onesend', '.gitignore'), 'utf8')).toBe('*\n');
});

test('each counterexample that is kept is named by its path from the current folder', async () => {
  const other = { ...doubleSendCounterexample, id: 'S2-0a1b2c3d' };
  const home = relative(process.cwd(), join(folder, '.onesend'));
  expect(await keep([doubleSendCounterexample, other])).toEqual([
    join(home, 'failures', `${id}.json`),
    join(home, 'failures', 'S2-0a1b2c3d.json'),
    join(home, 'last-failed.json'),
  ]);
});

test('failures are kept beside the nearest configuration', async () => {
  const below = join(folder, 'src', 'deep');
  await mkdir(below, { recursive: true });
  expect(failuresFolder(below)).toBe(join(below, '.onesend', 'failures'));
  await writeFile(join(folder, 'onesend.config.json'), '{}');
  expect(failuresFolder(below)).toBe(join(folder, '.onesend', 'failures'));
});

test('the last failures are the counterexamples of the last run that had any, until a run passes', async () => {
  const nothing = { code: 'ONESEND_USAGE', message: expect.stringContaining('--last-failed') };
  await expect(lastFailed(folder)).rejects.toMatchObject(nothing);
  await keep([doubleSendCounterexample]);
  await keep([]);
  expect(await lastFailed(folder)).toEqual([join(folder, '.onesend', 'failures', `${id}.json`)]);
  await keep([], true);
  expect(await readdir(join(folder, '.onesend'))).toEqual(['.gitignore', 'failures']);
  await expect(lastFailed(folder)).rejects.toMatchObject(nothing);
});

test('counterexamples that a baseline accepts are kept, and are not among the last failures', async () => {
  const baseline = acceptingBaseline(doubleSendCounterexample.fingerprint);
  const about = (accepting: typeof baseline) => ({
    verdict: 'accepted' as const,
    baseline: accepting,
    context: { folder, screen: { note: () => undefined } as never },
  });
  await keep([doubleSendCounterexample]);
  await keepFailures([doubleSendCounterexample], about(baseline));
  expect(await readdir(join(folder, '.onesend', 'failures'))).toEqual([`${id}.json`]);
  await expect(lastFailed(folder)).rejects.toMatchObject({ code: 'ONESEND_USAGE' });
  await keepFailures([doubleSendCounterexample], about({ ...baseline, day: '2999-01-01' }));
  expect(await lastFailed(folder)).toHaveLength(1);
});

test('a run without a finding leaves no file behind', async () => {
  await keep([], true);
  expect(await readdir(folder)).toEqual([]);
});

test('a project that cannot be written to causes a warning, not an error', async () => {
  await writeFile(join(folder, '.onesend'), 'a file where the folder should be');
  expect(await keep([doubleSendCounterexample])).toEqual([]);
  expect(notes).toEqual([expect.stringMatching(/^warning: the failures were not kept in /)]);
});
