import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { doubleSendCounterexample } from '../../reports/history.fixture.ts';
import type { Counterexample } from '../formats/counterexample.ts';
import { artifactLineOf, bisectLine, replayLine } from './replay-line.ts';

let failures = '';
beforeAll(async () => {
  failures = await mkdtemp(join(tmpdir(), 'onesend-lines-'));
  await writeFile(join(failures, 'S1-0000kept.json'), '{}');
});
afterAll(() => rm(failures, { recursive: true, force: true }));

/** A counterexample of a user's pair. */
const lost: Counterexample = { ...doubleSendCounterexample, id: 'S1-0000lost', system: 'pair', lane: 'live' };
const kept = { ...lost, id: 'S1-0000kept' };
const file = join('out', 'counterexamples', 'S1-0000lost.json');

test('a counterexample that was kept is replayed and bisected by its id, even if it has a token', () => {
  const options = { out: 'out', failures };
  expect(replayLine(kept, options)).toBe('npx onesend replay S1-0000kept');
  expect(replayLine({ ...kept, token: 'sim:v2:abc' }, options)).toBe('npx onesend replay S1-0000kept');
  expect(bisectLine(kept, options)).toBe('npx onesend bisect --good REV --bad REV S1-0000kept');
});

test('a counterexample that was not kept is replayed by its token or its file, and bisected by its file', () => {
  for (const options of [{ out: 'out', failures }, { out: 'out' }]) {
    expect(replayLine(lost, options)).toBe(`npx onesend replay ${file}`);
    expect(replayLine({ ...lost, token: 'sim:v2:abc' }, options)).toBe('npx onesend replay sim:v2:abc');
    expect(bisectLine({ ...lost, token: 'sim:v2:abc' }, options)).toBe(
      `npx onesend bisect --good REV --bad REV ${file}`,
    );
  }
});

test('a replay line for readers without the failures of this project does not name their ids', () => {
  expect(replayLine({ ...kept, token: 'sim:v2:abc' }, { out: 'out' })).toBe('npx onesend replay sim:v2:abc');
});

test('a replay line names the file of a system, but not the name of a system of Onesend', () => {
  const options = { out: 'out', failures };
  const named = { ...options, system: 'a b.mjs' };
  expect(replayLine(kept, named)).toBe("npx onesend replay S1-0000kept --system 'a b.mjs'");
  expect(bisectLine(kept, named)).toBe("npx onesend bisect --good REV --bad REV --system 'a b.mjs' S1-0000kept");
  const builtIn = { ...kept, system: 'as-written' };
  expect(replayLine(builtIn, { ...options, system: 'as-written' })).toBe('npx onesend replay S1-0000kept');
});

test('a counterexample of a system of Onesend has no bisect line, because no commit of the user changes it', () => {
  const builtIn = { ...kept, system: 'as-written' };
  expect(bisectLine(builtIn, { out: 'out', failures })).toBeUndefined();
  expect(bisectLine(builtIn, { out: 'out', failures, system: 'as-written' })).toBeUndefined();
});

test('a counterexample is replayed from the artifact of a job by its file among the failures, with the system as it was named', () => {
  const line = artifactLineOf([kept, lost], { system: 'other.config.js' })?.('a job');
  expect(line).toBe(`npx onesend replay 'a job/.onesend/failures/S1-0000kept.json' --system other.config.js`);
});
