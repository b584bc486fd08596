// Tests the command as a process of compiled code: its streams, its exit codes, and what needs the compiled files of a system.
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, test } from 'vitest';
import { compiledModule, packageRoot } from '../platform/compiled-module.ts';

const main = compiledModule(import.meta.url, './main.ts');

async function onesend(commandArguments: string[], environment: Record<string, string> = {}) {
  const { exitCode, stdout, stderr } = await execa(process.execPath, [main, ...commandArguments], {
    reject: false,
    env: environment,
  });
  return { exitCode, stdout, stderr };
}

describe('command lines that are refused', () => {
  test.each([
    [['certify', '--sed', '1'], "ONESEND_USAGE: unknown option '--sed' (Did you mean --seed?)"],
    [
      ['gate', '--system', 'reference', '--infra', 'external', '--quiet'],
      'ONESEND_USAGE: --infra external: ONESEND_POSTGRES_URL: ',
    ],
    [
      ['gate', '--system', 'reference', '--lane', 'both'],
      "ONESEND_USAGE: --lane both: expected one lane here, 'live' or 'sim'",
    ],
  ])(
    'a command line that is refused ends with exit code 2, one line on stderr, and nothing on stdout: onesend %j',
    async (commandArguments, message) => {
      const { exitCode, stdout, stderr } = await onesend(commandArguments);
      expect(stderr).toContain(message);
      expect(stderr.split('\n')).toHaveLength(1);
      expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    },
  );
});

test('an infrastructure that does not answer ends onesend with exit code 4', async () => {
  const { exitCode, stdout, stderr } = await onesend(['demo', '--infra', 'containers', '--quiet'], {
    DOCKER_HOST: 'unix:///nonexistent/docker.sock',
  });
  expect(stderr).toMatch(/^ONESEND_INFRASTRUCTURE: no Docker engine answers at .+--infra embedded\)$/);
  expect({ exitCode, stdout }).toEqual({ exitCode: 4, stdout: '' });
});

test('onesend doctor --json prints one document', async () => {
  const { exitCode, stdout } = await onesend(['doctor', '--json']);
  const document: { format: string; isReady: boolean } = JSON.parse(stdout);
  expect(document.format).toBe('onesend.doctor/1');
  expect(exitCode).toBe(document.isReady ? 0 : 4);
});

test('onesend survives a reader that has closed its pipe', async () => {
  const script = `"${process.execPath}" "${main}" doctor --quiet; echo "ended with $?" >&2`;
  const { stderr } = await execa('sh', ['-c', `(${script}) | true`]);
  expect(stderr).toMatch(/^ended with [04]$/);
});

test('credentials that look real are refused in one line that does not show them', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'onesend-credentials-'));
  const token = '0123456789abcdef'.repeat(2);
  await cp(join(packageRoot, 'examples/node-pair'), folder, { recursive: true });
  await writeFile(join(folder, '.env'), `TWILIO_AUTH_TOKEN=${token}\n`);
  // defineConfig can be imported only where the package is installed, so the copy replaces it.
  const config = join(folder, 'onesend.config.js');
  const text = await readFile(config, 'utf8');
  await writeFile(config, text.replace(/^import .*$/m, 'const defineConfig = (config) => config;'));
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
  for (const command of ['certify', 'gate']) {
    const { exitCode, stdout, stderr } = await onesend([command, '--system', config, '--lane', 'live', '--quiet']);
    expect(stderr).toMatch(
      /^ONESEND_BAD_SYSTEM: node-pair: \.env: TWILIO_AUTH_TOKEN looks like a Twilio auth token \(.*$/,
    );
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).not.toContain(token);
  }
  await rm(folder, { recursive: true });
});
