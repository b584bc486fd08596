// Tests `onesend corpus prune`: it removes an entry that it replayed and that is FIXED, and no other.
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { corpusDocument, type CorpusReport } from '../../formats/corpus.ts';
import { type Counterexample, counterexampleDocument, counterexampleId } from '../../formats/counterexample.ts';
import { parseDocument, readDocument, writeDocument } from '../../formats/document.ts';
import { replayToken } from '../../formats/replay-token.ts';
import { compiledModule } from '../../platform/compiled-module.ts';
import { runInProcess } from '../run-in-process.fixture.ts';

const [REFERENCE, UNFENCED, TWICE] = [
  'src/reference.ts',
  'scenarios/mutants/m01-fallback-without-fence.ts',
  'scenarios/mutants/n07-off-decrements-twice.ts',
].map((path) => compiledModule(import.meta.url, `../../../${path}`));

/** The module of a pair that charges twice in OFF, and whose fallback asks for the authority only with `referenceParts`. */
const pair = (legacySend: 'referenceParts' | 'unfenced.parts'): string => `
import { assemble, referenceParts } from '${REFERENCE}';
import { system as unfenced } from '${UNFENCED}';
import { system as twice } from '${TWICE}';
const parts = { ...referenceParts, legacySend: ${legacySend}.legacySend, settleQuota: twice.parts.settleQuota };
export const system = assemble(parts, { name: 'pair', module: import.meta.url });
`;

let folder: string;
let corpus: string;
/** The ids of the entries by their outcome after the fallback is repaired; `other` belongs to another system. */
let ids: Record<'fixed' | 'failed' | 'stale' | 'other', string>;

function onesend(...commandArguments: string[]) {
  return runInProcess([...commandArguments, '--quiet', '--no-color'], { folder });
}

/** The counterexamples that a certification of a system finds. */
async function found(system: string, ...flags: string[]): Promise<Counterexample[]> {
  const out = join(folder, 'out');
  const certify = ['certify', '--lane', 'sim', '--seed', '1', '--runs', '1', '--shrink-time', '5s'];
  expect(await onesend(...certify, '--system', system, '--out', out, ...flags)).toMatchObject({ exitCode: 1 });
  const kept = join(out, 'counterexamples');
  return Promise.all((await readdir(kept)).map((name) => readDocument(counterexampleDocument, join(kept, name))));
}

/** The first counterexample that breaks a property. */
function breaking(property: string, counterexamples: readonly Counterexample[]): Counterexample {
  const first = counterexamples.find(({ id }) => id.startsWith(`${property}-`));
  if (first === undefined) throw new Error(`no counterexample breaks ${property}`);
  return first;
}

/** The counterexample with one more deviation, of a decision that the simulator no longer has. */
function needingMore(counterexample: Counterexample): Counterexample {
  const { scenario, deviations } = counterexample.case;
  const more = { site: 'former name', key: 'x', attempt: 0, choice: 'lost' };
  const changed = { ...counterexample, case: { scenario, deviations: [...deviations, more] } };
  return { ...changed, id: counterexampleId(changed), token: replayToken(changed.system, changed.case) };
}

async function entries(): Promise<string[]> {
  return (await readdir(corpus)).map((name) => name.replace('.json', '')).toSorted();
}

async function prune(system: string): Promise<{ exitCode: number; report: CorpusReport }> {
  const { exitCode, stdout } = await onesend('corpus', 'prune', '--system', system, '--json');
  return { exitCode, report: parseDocument(corpusDocument, stdout, 'stdout') };
}

const outcomes = ({ replays }: CorpusReport) => Object.fromEntries(replays.map(({ id, outcome }) => [id, outcome]));

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'onesend-corpus-test-'));
  corpus = join(folder, 'scenarios', 'corpus');
  await writeFile(join(folder, 'before.mjs'), pair('unfenced.parts'));
  await writeFile(join(folder, 'after.mjs'), pair('referenceParts'));
  const before = await found(join(folder, 'before.mjs'));
  const fixed = breaking('S1', before);
  const failed = breaking('S9', before);
  const stale = needingMore(fixed);
  const other = breaking('S1', await found('as-written', '--stop-at-first'));
  ids = { fixed: fixed.id, failed: failed.id, stale: stale.id, other: other.id };
  for (const each of [fixed, failed, stale, other]) await writeDocument(join(corpus, `${each.id}.json`), each);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('an entry that still fails is not pruned', async () => {
  const { exitCode, report } = await prune(join(folder, 'before.mjs'));
  expect(outcomes(report)).toEqual({ [ids.fixed]: 'FAILED', [ids.failed]: 'FAILED', [ids.stale]: 'FAILED' });
  expect([exitCode, report.removed]).toEqual([1, []]);
  expect(await entries()).toEqual(Object.values(ids).toSorted());
});

test('an entry that is FIXED is pruned; entries that are FAILED or STALE, or of another system, stay', async () => {
  const { exitCode, report } = await prune(join(folder, 'after.mjs'));
  expect(outcomes(report)).toEqual({ [ids.fixed]: 'FIXED', [ids.failed]: 'FAILED', [ids.stale]: 'STALE' });
  expect([exitCode, report.removed]).toEqual([1, [ids.fixed]]);
  const left = [ids.failed, ids.stale, ids.other].toSorted();
  expect(await entries()).toEqual(left);
  expect(report.entries.map(({ id }) => id)).toEqual(left);
});

test('an entry of another system stays only because of its system: a replay on the repaired pair is FIXED', async () => {
  const file = join(corpus, `${ids.other}.json`);
  const replayed = await onesend('replay', file, '--system', join(folder, 'after.mjs'));
  expect(replayed).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^FIXED: /) });
});
