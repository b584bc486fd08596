// Tests `onesend mutants` in this process, and the document that it prints.
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { mutantOf } from '../../../scenarios/mutants/all-mutants.ts';
import { mutantsDocument } from '../../formats/mutants.ts';
import { parseDocument } from '../../formats/document.ts';
import { runInProcess } from '../run-in-process.fixture.ts';
import { openJudge } from './mutants.ts';

test('the mutants that are named are judged, in the order of the table, and printed as a document', async () => {
  const { exitCode, stdout } = await runInProcess(['mutants', 'B01', 'M01', '--json', '--quiet']);
  const { verdict, mutants } = parseDocument(mutantsDocument, stdout, 'stdout');
  expect({ exitCode, verdict }).toEqual({ exitCode: 0, verdict: 'pass' });
  expect(mutants.map(({ id, outcome }) => [id, outcome])).toEqual([
    ['M01', 'killed'],
    ['B01', 'killed'],
  ]);
});

test('each case that a search saves is named by its path from the current folder', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'onesend-mutants-'));
  try {
    const search = ['--search', '--seed', '7', '--runs', '20', '--save', 'found/cases'];
    const { exitCode, stderr } = await runInProcess(['mutants', 'M61', 'B61', ...search, '--quiet'], { folder });
    expect({ exitCode, stderr }).toEqual({
      exitCode: 0,
      stderr: 'written: found/cases/m61.ts\nwritten: found/cases/b61.ts\n',
    });
    expect((await readdir(join(folder, 'found/cases'))).toSorted()).toEqual(['b61.ts', 'm61.ts']);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('the live lane refuses a mutant without a stored case before it starts a server', async () => {
  const flags = { ids: [], lane: 'live', slots: 1, search: false, json: false, quiet: true, color: false } as const;
  const mutant = { ...(await mutantOf('M01')), killingCase: undefined };
  await expect(openJudge([mutant], { flags, context: {} as never })).rejects.toMatchObject({
    code: 'ONESEND_USAGE',
    message: '--lane live: expected a stored case for each mutant, found none for M01',
    hint: expect.stringContaining('onesend mutants M01 --search --save '),
  });
});
