// Tests `onesend bisect`, which finds the commit that introduced a failure, on a repository of 64 commits.
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bisectDocument } from '../../formats/bisect.ts';
import { parseDocument } from '../../formats/document.ts';
import { compiledModule, packageRoot } from '../../platform/compiled-module.ts';
import { type CommitFiles, makeRepository, subjectOf } from '../bisect/commits.fixture.ts';

const MAIN = compiledModule(import.meta.url, '../main.ts');
const [REFERENCE, MUTANT] = ['src/reference.ts', 'scenarios/mutants/m01-fallback-without-fence.ts'].map((path) =>
  compiledModule(import.meta.url, `../../../${path}`),
);
/** The module of a pair whose fallback asks for the authority (`fenced`), or sends without it. */
const pair = (parts: 'fenced' | 'unfenced', contract = ''): string => `
import { assemble, referenceParts } from '${REFERENCE}';
import { system as mutant } from '${MUTANT}';
const parts = { fenced: referenceParts, unfenced: mutant.parts };
export const system = { ...assemble(parts.${parts}, { name: 'pair', module: import.meta.url })${contract} };
`;
const BROKEN = 40;

/** Sixty-four commits: each changes a note, one breaks the pair, some do not build, and some have another version of the contract. */
const COMMITS = Array.from({ length: 64 }, (_, index): CommitFiles => {
  const number = index + 1;
  const source = pair(number < BROKEN ? 'fenced' : 'unfenced', number >= 44 && number <= 50 ? ', contract: 2' : '');
  const built = number >= 31 && number <= 34 ? 'this does not build' : source;
  return { 'note.txt': `${number}\n`, 'system.js': built, 'package.json': '{ "type": "module" }' };
});

let folder: string;
let repository: string;
let found: string;
let commits: readonly string[] = [];

async function onesend(...words: string[]) {
  const { exitCode, stdout, stderr } = await execa(process.execPath, [MAIN, ...words], {
    cwd: repository,
    reject: false,
  });
  return { exitCode, stdout, stderr };
}

/** The hash of the commit with this number, from 1 on. */
function commit(number: number): string {
  return commits[number - 1] ?? '';
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'onesend-bisect-test-'));
  repository = join(folder, 'repository');
  commits = await makeRepository(repository, COMMITS);
  const out = join(folder, 'out');
  const certify = ['certify', '--lane', 'sim', '--system', 'system.js', '--seed', '1', '--stop-at-first', '--quiet'];
  await onesend(...certify, '--out', out);
  const [name = ''] = await readdir(join(out, 'counterexamples'));
  found = join(out, 'counterexamples', name);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('a bisection', () => {
  test('bisect finds the first bad commit of an assembly, and names those that could not be tested', async () => {
    const before = await execa('git', ['status', '--porcelain', '--branch'], { cwd: repository });
    const flags = ['--system', 'system.js', '--good', commit(1), '--bad', 'main'];
    const { exitCode, stdout, stderr } = await onesend('bisect', ...flags, '--json', found);
    const report = parseDocument(bisectDocument, stdout, 'stdout');
    expect(report.candidates).toMatchObject([
      { commit: commit(BROKEN), subject: subjectOf(BROKEN), author: 'Jane Doe <jane@example.org>' },
    ]);
    expect([exitCode, report.outcome, report.findings?.length]).toMatchObject([0, 'found', expect.any(Number)]);
    const skipped = report.steps.flatMap((step) =>
      step.outcome === 'skipped' ? [`${step.subject}: ${step.message}`] : [],
    );
    expect(skipped.join('\n')).toMatch(/^change 3[1-4]: ONESEND_BAD_SYSTEM: .*expected a module/m);
    expect(skipped.join('\n')).toMatch(
      /^change (4[4-9]|50): ONESEND_BAD_SYSTEM: .*for version 1 of the contract, received version 2/m,
    );
    // Replays: both ends, and twice the bisection steps of 64 commits, because git picks others, by hash, next to untestable commits.
    expect(report.steps.filter(({ outcome }) => outcome !== 'skipped').length).toBeLessThanOrEqual(2 + 2 * 6);
    expect(stderr).toMatch(/^the bad end: /m);
    expect(await execa('git', ['status', '--porcelain', '--branch'], { cwd: repository })).toMatchObject({
      stdout: before.stdout,
    });
    expect((await execa('git', ['worktree', 'list'], { cwd: repository })).stdout.split('\n')).toHaveLength(1);
  });

  test('bisect lists the possible first bad commits if commits without a build leave it open', async () => {
    const prepare = `test "$(cat note.txt)" -lt 39 -o "$(cat note.txt)" -gt 41 || { echo it does not build; false; }`;
    const flags = ['--system', 'system.js', '--good', commit(38), '--bad', commit(42), '--prepare', prepare];
    const { exitCode, stdout } = await onesend('bisect', ...flags, '--quiet', '--no-color', found);
    expect(exitCode).toBe(3);
    expect(stdout).toMatch(/^the first bad commit is one of 4, because some could not be tested$/m);
    expect(stdout.match(/^ {2}.*: change \d+$/gm)?.map((each) => each.slice(-9))).toEqual(
      [42, 41, 40, 39].map(subjectOf),
    );
    expect(stdout).toContain('--prepare ended with exit code 1: it does not build');
  });

  test('bisect does not search if the case does not fail at the bad end', async () => {
    const { exitCode, stdout } = await onesend(
      'bisect',
      '--system',
      'system.js',
      '--good',
      commit(1),
      '--bad',
      commit(2),
      '--json',
      found,
    );
    const report = parseDocument(bisectDocument, stdout, 'stdout');
    expect([exitCode, report.outcome, report.steps.length]).toEqual([3, 'ends', 1]);
    expect(report.message).toMatch(/^expected that the bad end fails: FIXED: /);
  });

  test.each([
    ['no good end', ['--system', 'system.js'], /expected --good COMMIT/],
    ['no file of a system', ['--good', 'main~1'], /expected the file of a system in this repository/],
    [
      'a commit that does not exist',
      ['--system', 'system.js', '--good', 'nowhere'],
      /--good nowhere: expected a commit of/,
    ],
    [
      'ends in the wrong order',
      ['--system', 'system.js', '--good', 'main', '--bad', 'main~1'],
      /expected a commit that comes before/,
    ],
  ])('bisect with %s is refused in one line', async (_, flags, message) => {
    const { exitCode, stderr } = await onesend('bisect', ...flags, found);
    expect([exitCode, stderr.split('\n').length]).toEqual([2, 1]);
    expect(stderr).toMatch(message);
  });
});

describe('onesend replay --bisect', () => {
  test('replay --bisect leads `git bisect run` to the first bad commit', async () => {
    const git = (...words: string[]) => execa('git', words, { cwd: repository, reject: false });
    await git('bisect', 'start', commit(42), commit(38));
    const run = await git(
      'bisect',
      'run',
      process.execPath,
      MAIN,
      'replay',
      '--bisect',
      '--quiet',
      '--system',
      'system.js',
      found,
    );
    await git('bisect', 'reset');
    expect(run.stdout).toContain(`${commit(BROKEN)} is the first bad commit`);
  });

  test('replay --bisect ends with exit code 125 if it has no result, for any reason', async () => {
    const other = join(folder, 'other.json');
    const stored: { fingerprint: string } = JSON.parse(await readFile(found, 'utf8'));
    await writeFile(other, JSON.stringify({ ...stored, fingerprint: `${stored.fingerprint}; exit legacy killed` }));
    for (const words of [
      ['--system', 'system.js', other],
      ['--system', 'system.js', join(packageRoot, 'package.json')],
      ['--system', 'nothing.js', found],
      ['--sytem', 'system.js', found],
    ])
      expect((await onesend('replay', '--bisect', ...words)).exitCode).toBe(125);
  });
});
