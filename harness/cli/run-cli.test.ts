// Tests command lines in this process. Most are refused: each ends with its exit code, one line on stderr, and nothing on stdout.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Scenario } from '../formats/scenario.ts';
import { replayToken } from '../formats/replay-token.ts';
import { runInProcess } from './run-in-process.fixture.ts';

const scenario: Scenario = {
  format: 'onesend.scenario/1',
  name: 'plain',
  seed: 1,
  tenants: [{ key: 'tenant-1', mode: 'ON', quota: 1 }],
  steps: [{ kind: 'entry', campaign: 'campaign-1', tenant: 'tenant-1', messages: 1, atMs: 0 }],
  faults: [],
};
const TOKEN = replayToken('reference', { scenario, deviations: [] });

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'onesend-cli-test-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs a command line; stderr comes without its last line break. */
async function onesend(commandArguments: readonly string[], environment: NodeJS.ProcessEnv = {}) {
  const ended = await runInProcess(commandArguments, { environment, folder });
  return { ...ended, stderr: ended.stderr.replace(/\n$/, '') };
}

describe('command lines that are refused', () => {
  test.each([
    [['certify', '--sed', '1'], "ONESEND_USAGE: unknown option '--sed' (Did you mean --seed?)"],
    [['certfy'], "ONESEND_USAGE: unknown command 'certfy' (Did you mean certify?)"],
    [['certify', 'extra'], 'ONESEND_USAGE: too many arguments'],
    [['certify', '--system', 'refrence'], "did you mean 'reference'?"],
    [['certify', '--infra', 'cloud'], 'expected embedded, containers, external'],
    [['replay', '--last-failed', 'S1'], "ONESEND_USAGE: --last-failed: expected without a file or id, received 'S1'"],
    [['replay', 'S99-1'], "ONESEND_USAGE: 'S99-1': expected a file, a folder, a token or an id, found none in "],
    [['replay', 'sim:v2:cut'], 'expected a whole token, received one that was cut off or altered'],
    [['replay', 'sim:v1:old'], 'replay token: expected version 2, received version 1'],
    [['certify', '--max-time', '10'], 'expected a duration above zero such as 500ms, 30s or 10m'],
    [['certify', '--runs', 'many'], 'expected a whole number'],
    [['gate', '99'], "ONESEND_USAGE: unknown gate '99', expected 0, 1"],
    [['mutants', 'm01'], "ONESEND_USAGE: unknown mutant 'm01', did you mean 'M01'?"],
    [['mutants', 'nothing'], "ONESEND_USAGE: unknown mutant 'nothing', expected M01"],
    [['sabotage', 'X1'], "ONESEND_USAGE: unknown wire mutant 'X1', did you mean 'X01'?"],
    [['mutants', '--save', 'here'], 'ONESEND_USAGE: --save: expected together with --search'],
    [['replay', TOKEN, '--until', '503ms'], 'ONESEND_USAGE: --until: expected together with --dump'],
    [['baseline', 'write', 'b.json', '--until', '10h'], 'or days or weeks from today such as 10d or 2w'],
    [['replay', TOKEN, '--dump'], 'ONESEND_USAGE: --dump: expected together with --until'],
    [['replay', TOKEN, '--dump', '--until', '503'], 'expected a time since the start of the run such as 503ms'],
    [['replay', TOKEN, '--dump', '--until', '1s', '--lane', 'live'], '--dump: expected a case of the sim lane'],
    [['replay'], "ONESEND_USAGE: missing required argument 'file'"],
    [['certify', '--out', '/dev/null/out'], 'ONESEND_USAGE: --out: expected a folder that can be written to'],
    [['certify', '--out', '/proc/no/out'], 'ONESEND_USAGE: --out: expected a folder that can be written to'],
    [['certify', '--runs', '2000000'], 'ONESEND_USAGE: --runs 2000000: expected at most 1000000 live scenarios'],
  ])(
    'a command line that is refused ends with exit code 2, one line on stderr, and nothing on stdout: onesend %j',
    async (commandArguments, message) => {
      const { exitCode, stdout, stderr } = await onesend(commandArguments);
      expect(stderr).toContain(message);
      expect(stderr.split('\n')).toHaveLength(1);
      expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    },
  );

  test.each(['certify', 'gate', 'check', 'sabotage'])(
    'onesend %s without a system is refused in CI',
    async (command) => {
      const out = ['certify', 'gate'].includes(command) ? ['--out', join(folder, 'out')] : [];
      const { exitCode, stderr } = await onesend([command, ...out], { CI: 'true' });
      expect(stderr).toMatch(/^ONESEND_USAGE: no configuration in \S+ or above it: expected one, or --system \(/);
      expect(exitCode).toBe(2);
    },
  );

  test('a baseline entry until a day that is over is refused', async () => {
    const { exitCode, stderr } = await onesend(['baseline', 'write', 'b.json', 'S1-0a1b', '--until', '2020-01-31']);
    expect(stderr).toMatch(
      /^ONESEND_USAGE: --until 2020-01-31: expected a day from \d{4}-\d\d-\d\d on, received one that is over$/,
    );
    expect(exitCode).toBe(2);
  });

  test('a command that fails in a job on GitHub also prints an annotation', async () => {
    const { stderr } = await onesend(['gate', '99'], { GITHUB_ACTIONS: 'true' });
    expect(stderr.split('\n')).toEqual([
      expect.stringMatching(/^ONESEND_USAGE: unknown gate '99'/),
      expect.stringMatching(/^::error title=Onesend::ONESEND_USAGE: unknown gate '99'/),
    ]);
  });

  test('a wrong environment variable ends a command with exit code 2 and one line on stderr', async () => {
    const { exitCode, stderr } = await onesend(['certify'], { ONESEND_SEED: 'abc' });
    expect(stderr).toMatch(/^ONESEND_USAGE: ONESEND_SEED='abc': expected a whole number from 0 to \d+$/);
    expect(exitCode).toBe(2);
  });

  test.each([
    ['an empty file', '', 'found an empty file'],
    ['a file that was cut off', '{"format":"onesend.scenario/1","na', 'not valid JSON'],
    [
      'a format of the future',
      '{"format":"onesend.scenario/9"}',
      'expected format onesend.counterexample/3 or onesend.scenario/1, found "onesend.scenario/9" (a newer Onesend wrote it',
    ],
    [
      'a format of the past',
      '{"format":"onesend.counterexample/1"}',
      'found "onesend.counterexample/1" (an older Onesend wrote it',
    ],
    ['a document without a format', '[1, 2]', 'found none'],
    ['a scenario that lacks fields', '{"format":"onesend.scenario/1"}', 'scenario.json: name:'],
    ['a file that begins with a byte order mark', '\uFEFF{"format":"onesend.scenario/1"}', 'scenario.json: name:'],
    ['a name that would reorder the terminal', '{"format":"a\u202Eb"}', String.raw`found "a\u202eb"`],
  ])('replay of %s ends with exit code 2 and one line on stderr', async (_case, text, message) => {
    const file = join(folder, 'scenario.json');
    await writeFile(file, text);
    const { exitCode, stdout, stderr } = await onesend(['replay', file]);
    expect(stderr).toMatch(/^ONESEND_BAD_DOCUMENT: /);
    expect(stderr).toContain(message);
    expect(stderr.split('\n')).toHaveLength(1);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  });

  test('replay of a file that does not exist ends with exit code 2 and one line on stderr', async () => {
    const { exitCode, stderr } = await onesend(['replay', join(folder, 'nowhere.json')]);
    expect(stderr).toContain('found no readable file');
    expect(exitCode).toBe(2);
  });
});

test('the help of onesend is printed on stdout with --help, and on stderr with exit code 2 without a command', async () => {
  const help = await onesend(['--help']);
  expect(help).toMatchObject({ exitCode: 0, stderr: '', stdout: expect.stringContaining('certify') });
  const { exitCode, stdout, stderr } = await onesend([]);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr).toContain('Usage: onesend');
});

test('the version of onesend is printed on stdout', async () => {
  const version = await onesend(['--version']);
  expect(version).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+/) });
});

test('the id of a counterexample is explained by the property that it violates', async () => {
  const { exitCode, stdout } = await onesend(['explain', 'S1-d8c6f496', '--no-color']);
  expect(stdout).toMatch(/^S1 AtMostOnce \(property/);
  expect(exitCode).toBe(0);
});

test('a field of a description is explained with its type, its default and its page', async () => {
  const { exitCode, stdout } = await onesend(['explain', 'database.reset', '--no-color']);
  expect({ exitCode, lines: stdout.trimEnd().split('\n') }).toEqual({
    exitCode: 0,
    lines: [
      'onesend.system.database.reset (description field, docs/system-fields.md)',
      '  Empties the tables between two scenarios: all tables, or what the given statements empty.',
      '  type          `"truncate-all"` or list of string',
      '  unless given  `"truncate-all"`',
      '  more          docs/systems.md',
    ],
  });
});

test('many fields of a description with the same name are listed with a line each', async () => {
  const { stdout } = await onesend(['explain', 'exitCodes', '--no-color']);
  const [head, ...fields] = stdout.trimEnd().split('\n');
  expect(head).toBe('6 fields (description field, docs/system-fields.md)');
  expect(fields).toHaveLength(6);
  expect(fields[0]).toMatch(/^ {2}onesend\.system\.flush\.exitCodes +The exit codes that count as a success\.$/);
});

test('a misspelt field of a description is refused with the path that was probably meant', async () => {
  const { exitCode, stderr } = await onesend(['explain', 'databse.tables']);
  expect({ exitCode, stderr }).toEqual({
    exitCode: 2,
    stderr: "ONESEND_USAGE: the guide has no entry for 'databse.tables': did you mean 'database.tables'?",
  });
});
