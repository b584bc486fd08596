// Tests `onesend init` as a process, in folders with projects: what it writes can be loaded, and it changes no existing file.
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { loadSystem } from '../../adapters/load-system.ts';
import { initDocument } from '../../formats/init.ts';
import { parseDocument } from '../../formats/document.ts';
import { compiledModule, packageRoot } from '../../platform/compiled-module.ts';
import { GO, LARAVEL, NODE, writeFiles } from '../init/projects.fixture.ts';

const main = compiledModule(import.meta.url, '../main.ts');

/** A folder in which the package, compiled for the tests, is installed, also for its subfolders. */
let installed: string;
let folder: string;
beforeAll(async () => {
  installed = await mkdtemp(join(tmpdir(), 'onesend-init-test-'));
  await writeFiles(join(installed, 'node_modules/onesend'), {
    'package.json': '{ "type": "module", "exports": "./index.js" }',
    'index.js': `export * from '${compiledModule(import.meta.url, '../../index.ts')}';\n`,
  });
  await symlink(join(packageRoot, 'node_modules/pg'), join(installed, 'node_modules/pg'));
});
afterAll(() => rm(installed, { recursive: true, force: true }));
beforeEach(async () => {
  folder = await mkdtemp(join(installed, 'acme-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Runs init in the folder, without a terminal. */
function init(...commandArguments: string[]) {
  return initIn(folder, ...commandArguments);
}

async function initIn(cwd: string, ...commandArguments: string[]) {
  const { exitCode, stdout, stderr } = await execa(process.execPath, [main, 'init', ...commandArguments], {
    cwd,
    reject: false,
    stdin: 'ignore',
  });
  return { exitCode, stdout, stderr };
}

describe('configurations that init writes', () => {
  test.each([
    ['for Laravel and Go', { legacy: LARAVEL, service: GO, flags: [], name: 'onesend.config.mjs' }],
    ['for Go and Node', { legacy: GO, service: NODE, flags: [], name: 'onesend.config.mjs' }],
    ['in TypeScript', { legacy: NODE, service: NODE, flags: ['--format', 'ts'], name: 'onesend.config.ts' }],
    ['as JSON', { legacy: NODE, service: NODE, flags: ['--format', 'json'], name: 'onesend.config.json' }],
  ])('a configuration that init writes can be loaded: %s', async (_, { legacy, service, flags, name }) => {
    await writeFiles(join(folder, 'legacy'), legacy);
    await writeFiles(join(folder, 'service'), service);
    await writeFile(join(folder, 'schema.sql'), 'SELECT 1;\n');
    const { exitCode, stdout, stderr } = await init('--name', 'acme', ...flags);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatch(new RegExp(`^wrote ${name}\n[^]*\nnext: npx onesend check$`));
    expect(await readdir(folder)).toEqual(['legacy', name, 'schema.sql', 'service'].toSorted());
    const { description } = await loadSystem(join(folder, name), {});
    expect(description).toMatchObject({
      name: 'acme',
      processes: { legacy: { directory: join(folder, 'legacy') }, service: { directory: join(folder, 'service') } },
      database: { setup: ['SELECT 1;\n'] },
    });
  });

  test('a configuration that init writes from the folders that its flags name can be loaded', async () => {
    await writeFiles(join(folder, 'backoffice'), LARAVEL);
    await writeFiles(join(folder, 'sms'), GO);
    await writeFile(join(folder, 'schema.sql'), 'SELECT 1;\n');
    expect(await init('--legacy', 'backoffice', '--service', 'sms')).toMatchObject({ exitCode: 0, stderr: '' });
    const { description } = await loadSystem(join(folder, 'onesend.config.mjs'), {});
    expect(description.processes.service.directory).toBe(join(folder, 'sms'));
  });

  test('a configuration that init writes in a package of type module can be loaded, and ends in .js', async () => {
    await writeFiles(folder, NODE);
    const { exitCode, stdout } = await init('--legacy', '.', '--service', '.', '--json');
    expect(exitCode).toBe(0);
    const { files, checks, next } = parseDocument(initDocument, stdout, 'stdout');
    expect({ files, next }).toEqual({ files: ['onesend.config.js'], next: ['npx onesend check'] });
    expect(checks).toContainEqual(expect.stringContaining('seed.tenant: '));
    expect((await loadSystem(join(folder, 'onesend.config.js'), {})).description.processes.legacy.directory).toBe(
      folder,
    );
  });
});

test('a configuration that Node takes for CommonJS is refused with what to change', async () => {
  await writeFiles(folder, {
    'package.json': '{ "type": "commonjs" }',
    'onesend.config.js': "import { defineConfig } from 'onesend';\nexport default defineConfig({});\n",
  });
  const { exitCode, stderr } = await execa(process.execPath, [main, 'check'], { cwd: folder, reject: false });
  expect({ exitCode, said: stderr.split('\n').at(-1) }).toEqual({
    exitCode: 2,
    said: expect.stringMatching(/^ONESEND_BAD_SYSTEM: .* can be loaded: .* \(end its name in \.mjs, or write .*\)$/),
  });
});

describe('refusals of init', () => {
  test.each(['onesend.config.mjs', 'onesend.config.json'])(
    'init is refused with exit code 2, one line, and nothing written, if there is %s already',
    async (name) => {
      await writeFiles(join(folder, 'legacy'), LARAVEL);
      await writeFiles(join(folder, 'service'), GO);
      await writeFile(join(folder, name), 'mine');
      const { exitCode, stdout, stderr } = await init();
      expect(stderr).toMatch(
        new RegExp(`^ONESEND_USAGE: .*/${name} is there already, and nothing is overwritten \\(.*\\)$`),
      );
      expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
      expect(await readFile(join(folder, name), 'utf8')).toBe('mine');
      expect(await readdir(folder)).toEqual(['legacy', name, 'service'].toSorted());
    },
  );

  test.each([
    ['without a terminal and without flags', [], 'missing --legacy, --service, --legacy-command, --service-command'],
    ['with an invalid path', ['--legacy', '.', '--service', '.', '--trigger', 'send'], 'onesend init: trigger.path: '],
    ['with an unknown language', ['--format', 'yaml'], 'expected ts, js, json'],
  ])('init is refused with exit code 2, one line, and nothing written: %s', async (_, flags, message) => {
    if (flags.includes('.')) await writeFiles(folder, NODE);
    const before = await readdir(folder);
    const { exitCode, stdout, stderr } = await init(...flags);
    expect(stderr).toContain(message);
    expect(stderr.split('\n')).toHaveLength(1);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(await readdir(folder)).toEqual(before);
  });
});

describe('init --example', () => {
  test('init --example writes the smallest pair, with its dependencies in package.json, and prints how to run it', async () => {
    const { exitCode, stdout } = await init('--example', 'pair');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/\nnext: cd pair && npx onesend certify$/);
    const names = ['legacy.js', 'onesend.config.js', 'package.json', 'provider.js', 'schema.sql', 'service.js'];
    expect(await readdir(join(folder, 'pair'))).toEqual(names);
    expect((await loadSystem(join(folder, 'pair/onesend.config.js'), {})).description.name).toBe('node-pair');
  });

  test('init --example prints npm install as a step if the packages cannot be found', async () => {
    const elsewhere = await mkdtemp(join(tmpdir(), 'onesend-init-elsewhere-'));
    const { stdout } = await init('--example', elsewhere);
    expect(stdout).toMatch(/&& npm install && npx onesend certify$/);
    await rm(elsewhere, { recursive: true });
  });

  test('init --example writes no file if one of them exists already', async () => {
    await mkdir(join(folder, 'pair'));
    await writeFile(join(folder, 'pair/service.js'), 'mine');
    const { exitCode, stderr } = await init('--example', 'pair');
    expect(stderr).toContain('pair/service.js is there already');
    expect(exitCode).toBe(2);
    expect(await readdir(join(folder, 'pair'))).toEqual(['service.js']);
    expect(await readFile(join(folder, 'pair/service.js'), 'utf8')).toBe('mine');
  });

  test('init --example is refused if the folder cannot be made', async () => {
    const { exitCode, stderr } = await init('--example', '/proc/onesend');
    expect(stderr).toMatch(/^ONESEND_USAGE: \/proc\/onesend.* could not be written: /);
    expect(exitCode).toBe(2);
    expect(existsSync('/proc/onesend')).toBe(false);
  });
});

describe('onesend init --github', () => {
  test('init --github is refused without a configuration', async () => {
    expect(await init('--github')).toMatchObject({
      exitCode: 2,
      stderr: expect.stringMatching(
        /^ONESEND_USAGE: --github: expected a configuration in .*`onesend init` writes one/,
      ),
    });
  });

  test('init --github writes the workflow once, and never over one that is there', async () => {
    await writeFile(join(folder, 'onesend.config.json'), '{}');
    const { exitCode, stdout } = await init('--github');
    expect({ exitCode, stdout }).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/^wrote .github.workflows.onesend.yml\n/),
    });
    await writeFile(join(folder, '.github/workflows/onesend.yml'), 'mine');
    expect(await init('--github')).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('nothing is overwritten'),
    });
    expect(await readFile(join(folder, '.github/workflows/onesend.yml'), 'utf8')).toBe('mine');
  });

  test('init --github writes the workflow into the root of the repository of the pair', async () => {
    const repository = await mkdtemp(join(tmpdir(), 'onesend-init-github-'));
    const pair = join(repository, 'pair');
    await mkdir(pair);
    await mkdir(join(repository, '.git'));
    await writeFile(join(pair, 'onesend.config.json'), '{}');
    const { stdout } = await initIn(pair, '--github');
    expect(stdout).toMatch(/^wrote \.\.\/\.github\/workflows\/onesend\.yml\n/);
    const text = await readFile(join(repository, '.github/workflows/onesend.yml'), 'utf8');
    expect(text).toContain('working-directory: pair');
    expect(text).toContain('cache-dependency-path: pair/package-lock.json');
    expect(stdout).toContain('next: commit a package-lock.json beside the configuration');
    await rm(repository, { recursive: true });
  });

  test('init --github installs from the nearest lock file of the repository', async () => {
    const repository = await mkdtemp(join(tmpdir(), 'onesend-init-github-'));
    const pair = join(repository, 'pair');
    await mkdir(pair);
    await mkdir(join(repository, '.git'));
    await writeFile(join(repository, 'package-lock.json'), '{}');
    await writeFile(join(pair, 'onesend.config.json'), '{}');
    const { stdout } = await initIn(pair, '--github');
    expect(stdout).not.toContain('package-lock.json');
    const text = await readFile(join(repository, '.github/workflows/onesend.yml'), 'utf8');
    expect(text).toContain('- run: npm ci\n        working-directory: .\n');
    expect(text).not.toContain('cache-dependency-path');
    await rm(repository, { recursive: true });
  });
});
