// Tests commands with stored counterexamples: found by id, and replayed alone, by folder and in the corpus.
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { corpusDocument } from '../../formats/corpus.ts';
import { counterexampleDocument } from '../../formats/counterexample.ts';
import { parseDocument, readDocument } from '../../formats/document.ts';
import { replaysDocument } from '../../formats/replays.ts';
import { runInProcess } from '../run-in-process.fixture.ts';

vi.mock('node:fs/promises', { spy: true });

let folder: string;
let ids: string[];

function onesend(...commandArguments: string[]) {
  return runInProcess([...commandArguments, '--quiet', '--no-color'], { folder });
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'onesend-replay-test-'));
  const out = join(folder, 'out');
  await onesend('certify', '--lane', 'sim', '--seed', '1', '--runs', '1', '--system', 'as-written', '--out', out);
  const files = await readdir(join(folder, '.onesend', 'failures'));
  ids = files.map((file) => file.replace('.json', '')).toSorted();
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const idOf = (property: string): string => ids.find((id) => id.startsWith(`${property}-`)) ?? '';

test('a counterexample of the last run is replayed by its id, and FIXED on the reference', async () => {
  expect(ids.length).toBeGreaterThan(2);
  const { case: stored, origin } = await readDocument(
    counterexampleDocument,
    join(folder, '.onesend', 'failures', `${idOf('S1')}.json`),
  );
  expect([stored.deviations.length, origin?.seed]).toEqual([1, 1]);
  const again = await onesend('replay', idOf('S1').slice(0, -1));
  expect(again).toMatchObject({ exitCode: 1, stdout: expect.stringMatching(/^FAILED: S1-/) });
  const reported = await onesend('replay', idOf('S1'), '--format', 'text');
  expect(reported).toMatchObject({ exitCode: 1, stdout: expect.stringMatching(/^Message .*\n\nreplayed +FAILED: /s) });
  expect(reported.stdout).toContain(`    npx onesend replay ${idOf('S1')}\n`);
  const drawn = await onesend('replay', idOf('S1'), '--format', 'mermaid');
  expect(drawn).toMatchObject({
    exitCode: 1,
    stdout: expect.stringMatching(/^sequenceDiagram\n {4}participant .*SENT AGAIN \(!\)\n/s),
    stderr: expect.stringMatching(/^FAILED: S1-/),
  });
  const repaired = await onesend('replay', idOf('S1'), '--system', 'reference');
  expect(repaired).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^FIXED: S1-/) });
});

test('a folder of counterexamples is replayed, a line each, and so is what failed last', async () => {
  const all = await onesend('replay', join(folder, '.onesend', 'failures'));
  expect(all.exitCode).toBe(1);
  for (const id of ids) expect(all.stdout).toContain(`FAILED  ${id} (sim): violates still`);
  const last = await onesend('replay', '--last-failed', '--json');
  const report = parseDocument(replaysDocument, last.stdout, 'stdout');
  expect(report.replays.map(({ id }) => id).toSorted()).toEqual(ids);
  expect([last.exitCode, report.verdict]).toEqual([1, 'violation']);
  const repaired = await onesend('certify', '--last-failed', '--system', 'reference');
  expect(repaired).toMatchObject({ exitCode: 0, stdout: expect.stringContaining(`${ids.length} FIXED`) });
});

test('certify --last-failed leaves out what a baseline accepts, and reads each counterexample once', async () => {
  const baseline = join(folder, 'baseline.json');
  const words = ['--reason', 'known', '--ticket', 'SMS-1', '--by', 'Jane'];
  const last = ['certify', '--last-failed', '--baseline', baseline];
  await onesend('baseline', 'write', baseline, idOf('S1'), ...words);
  const environment = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: join(folder, 'summary') };
  vi.mocked(readFile).mockClear();
  const some = await runInProcess([...last, '--no-color'], { folder, environment });
  const read = vi.mocked(readFile).mock.calls.flatMap(([path]) => (typeof path === 'string' ? [path] : []));
  expect(read.filter((path) => path.includes(join('.onesend', 'failures'))).toSorted()).toEqual(
    ids.map((id) => join(folder, '.onesend', 'failures', `${id}.json`)),
  );
  expect(some.stderr).toContain('baseline: 1 accepted counterexample not replayed\n');
  expect(some.stderr).toMatch(/^::error title=Onesend S\d+-\w+::FAILED: violates still/m);
  expect(await readFile(join(folder, 'summary'), 'utf8')).toContain(`Onesend: ${ids.length - 1} replayed`);
  expect(some).toMatchObject({ exitCode: 1, stdout: expect.stringContaining(`${ids.length - 1} replayed`) });
  expect(some.stdout).not.toContain(idOf('S1'));
  await onesend('baseline', 'write', baseline, ...ids, ...words);
  expect(await onesend(...last)).toMatchObject({ exitCode: 0, stdout: '0 replayed\n' });
});

test('a failure that is added to the corpus is replayed first by every certification, and only one that is FIXED is pruned', async () => {
  const id = idOf('S1');
  const added = await onesend('corpus', 'add', id.slice(0, -1), '--json');
  expect(parseDocument(corpusDocument, added.stdout, 'stdout')).toMatchObject({ added: [id], entries: [{ id }] });
  const out = join(folder, 'again');
  const certify = ['certify', '--lane', 'sim', '--runs', '1', '--out', out, '--stop-at-first'];
  const broken = await onesend(...certify, '--system', 'as-written');
  expect(broken).toMatchObject({ exitCode: 1, stdout: expect.stringContaining('corpus: 1 replayed: 1 FAILED') });
  const listed = await onesend('corpus', 'ls');
  expect(listed.stdout).toContain(id);
  const kept = await onesend('corpus', 'prune', '--system', 'as-written');
  expect([kept.exitCode, await readdir(join(folder, 'scenarios', 'corpus'))]).toEqual([1, [`${id}.json`]]);
  // The entry does not belong to the reference.
  const other = await onesend('corpus', 'prune', '--system', 'reference');
  expect([other.exitCode, await readdir(join(folder, 'scenarios', 'corpus'))]).toEqual([0, [`${id}.json`]]);
});

test('a counterexample that was altered is refused with one line', async () => {
  const altered = join(folder, 'altered.json');
  const text = await readFile(join(folder, '.onesend', 'failures', `${idOf('S1')}.json`), 'utf8');
  await writeFile(altered, text.replace(idOf('S1'), 'S1-00000000'));
  const { exitCode, stdout, stderr } = await onesend('replay', altered);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr).toMatch(/^ONESEND_BAD_DOCUMENT: .*altered.json: id: differs from the hash of what it names\n$/);
});
