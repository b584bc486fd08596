import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compiledModule } from '../platform/compiled-module.ts';

/** The command as it is installed, from dist. */
const main = compiledModule(import.meta.url, './main.ts');

async function onesend(commandArguments: string[], environment: Record<string, string> = {}) {
  const { exitCode, stdout, stderr } = await execa(process.execPath, [main, ...commandArguments], {
    reject: false,
    env: environment,
  });
  return { exitCode, stdout, stderr };
}

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'onesend-cli-test-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('a command line that cannot be obeyed ends with exit code 2, one line on stderr, and nothing on stdout:', () => {
  test.each([
    [['certify', '--sed', '1'], "ONESEND_USAGE: unknown option '--sed' (Did you mean --seed?)"],
    [['certfy'], "ONESEND_USAGE: unknown command 'certfy' (Did you mean certify?)"],
    [['certify', 'extra'], 'ONESEND_USAGE: too many arguments'],
    [['certify', '--system', 'refrence'], "did you mean 'reference'?"],
    [['certify', '--infra', 'cloud'], 'expected embedded, containers, external'],
    [['gate', '--infra', 'external', '--quiet'], 'ONESEND_USAGE: --infra external: ONESEND_POSTGRES_URL: '],
    [['gate', '--lane', 'both'], "ONESEND_USAGE: --lane both: expected one lane here, 'live' or 'sim'"],
    [['replay', 'sim:v1:cut'], 'expected a whole token, received one that was cut off or altered'],
    [['certify', '--max-time', '10'], 'expected a duration above zero such as 500ms, 30s or 10m'],
    [['certify', '--runs', 'many'], 'expected a whole number'],
    [['certify', '--runs', '2000000'], 'ONESEND_USAGE: --runs 2000000: expected at most 1000000 live scenarios'],
    [['gate', '99'], "ONESEND_USAGE: unknown gate '99', expected 0, 1"],
    [['replay'], "ONESEND_USAGE: missing required argument 'file'"],
    [['certify', '--out', '/dev/null/out'], 'ONESEND_USAGE: --out: expected a folder that can be written to'],
    [['certify', '--out', '/proc/no/out'], 'ONESEND_USAGE: --out: expected a folder that can be written to'],
  ])('onesend %j', async (commandArguments, message) => {
    const { exitCode, stdout, stderr } = await onesend(commandArguments);
    expect(stderr).toContain(message);
    expect(stderr.split('\n')).toHaveLength(1);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  });

  test('an infrastructure that is not there, which is exit code 4', async () => {
    const { exitCode, stdout, stderr } = await onesend(['demo', '--infra', 'containers', '--quiet'], {
      DOCKER_HOST: 'unix:///nonexistent/docker.sock',
    });
    expect(stderr).toMatch(/^ONESEND_INFRASTRUCTURE: no Docker engine answers at .+--infra embedded\)$/);
    expect({ exitCode, stdout }).toEqual({ exitCode: 4, stdout: '' });
  });

  test('a variable of the environment that is wrong', async () => {
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
      'expected format onesend.counterexample/2 or onesend.scenario/1',
    ],
    ['a document without a format', '[1, 2]', 'found none'],
    ['a scenario that lacks fields', '{"format":"onesend.scenario/1"}', 'scenario.json: name:'],
  ])('replay of %s', async (_case, text, message) => {
    const file = join(folder, 'scenario.json');
    await writeFile(file, text);
    const { exitCode, stdout, stderr } = await onesend(['replay', file]);
    expect(stderr).toMatch(/^ONESEND_BAD_DOCUMENT: /);
    expect(stderr).toContain(message);
    expect(stderr.split('\n')).toHaveLength(1);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  });

  test('replay of a file that is not there', async () => {
    const { exitCode, stderr } = await onesend(['replay', join(folder, 'nowhere.json')]);
    expect(stderr).toContain('found no readable file');
    expect(exitCode).toBe(2);
  });
});

describe('onesend', () => {
  test('--help and --version go to stdout and succeed', async () => {
    const help = await onesend(['--help']);
    expect(help).toMatchObject({ exitCode: 0, stderr: '' });
    expect(help.stdout).toContain('certify');
    expect(await onesend(['--version'])).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+/),
    });
  });

  test('without a command shows its help on stderr and exits 2', async () => {
    const { exitCode, stdout, stderr } = await onesend([]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain('Usage: onesend');
  });

  test('doctor --json prints one document', async () => {
    const { exitCode, stdout } = await onesend(['doctor', '--json']);
    const document: { format: string; isReady: boolean } = JSON.parse(stdout);
    expect(document.format).toBe('onesend.doctor/1');
    expect(exitCode).toBe(document.isReady ? 0 : 4);
  });

  test('survives a reader that has gone away', async () => {
    const script = `"${process.execPath}" "${main}" doctor --quiet; echo "ended with $?" >&2`;
    const { stderr } = await execa('sh', ['-c', `(${script}) | true`]);
    expect(stderr).toMatch(/^ended with [04]$/);
  });
});
