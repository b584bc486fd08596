import type { Role } from '../../../src/contract/message.ts';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Files, GO, LARAVEL, NODE, writeFiles } from './projects.fixture.ts';
import type { Project } from './project.ts';
import { proposeFolder, recogniseProject } from './recognise-project.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'onesend-projects-test-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function projectOf(files: Files, role: Role = 'legacy'): Promise<Project | undefined> {
  await writeFiles(folder, files);
  return recogniseProject(folder, role);
}

describe('a Laravel application', () => {
  test('a Laravel application is recognised by artisan and composer.json, even beside a package.json', async () => {
    expect(await projectOf(LARAVEL)).toMatchObject({
      kind: 'Laravel',
      command: ['php', '-S', '127.0.0.1:${port}', '-t', 'public', 'public/index.php'],
      code: ['app', 'config', 'database', 'public/index.php', 'routes'],
      readyPath: undefined,
    });
  });

  test.each([
    ["env('DATABASE_URL')", 'DATABASE_URL'],
    ["env('DB_URL')", 'DB_URL'],
  ])('a Laravel application whose configuration has %s gets the URL of its database in %s', async (text, key) => {
    const project = await projectOf({ ...LARAVEL, 'config/database.php': text });
    expect(project?.environment).toContainEqual({ key, value: '${databaseUrl}' });
  });
});

describe('a Go module', () => {
  test('a Go module is started by the program that is built from the main package that serves', async () => {
    expect(await projectOf(GO)).toEqual({
      kind: 'Go',
      command: ['./bin/server'],
      commandCheck: 'built with: go build -o bin/server ./cmd/server; cmd/migrate is a main package too',
      code: ['go.mod', 'go.sum', 'cmd', 'internal'],
      readyPath: '/healthz',
      routes: [{ method: 'GET', path: '/healthz', file: 'internal/web/routes.go', line: 3 }],
      reads: ['PORT'],
      environment: [],
    });
  });

  test('a Go module with the driver lib/pq gets a URL of its database without TLS', async () => {
    const project = await projectOf({
      'go.mod': 'module example.com/messaging\n\nrequire github.com/lib/pq v1.10.9\n',
      'main.go': 'package main\n\nvar url = os.Getenv("DATABASE_URL")\n',
    });
    expect(project?.environment).toEqual([{ key: 'DATABASE_URL', value: '${databaseUrl}?sslmode=disable' }]);
  });

  test('a Go module with its main package in the root has a program with the name of the module', async () => {
    expect(await projectOf({ 'go.mod': 'module example.com/messaging\n', 'main.go': 'package main\n' })).toMatchObject({
      command: ['./bin/messaging'],
      commandCheck: 'built with: go build -o bin/messaging .',
      code: ['go.mod', 'main.go'],
    });
  });

  test('a Go module without a main package is not recognised', async () => {
    expect(
      await projectOf({ 'go.mod': 'module example.com/library\n', 'library.go': 'package library\n' }),
    ).toBeUndefined();
  });
});

describe('a Node project', () => {
  test('a Node project is started by the command that npm start runs', async () => {
    expect(await projectOf(NODE)).toEqual({
      kind: 'Node',
      command: ['node', 'src/server.js', '--quiet'],
      code: ['package.json', 'src'],
      readyPath: '/ready',
      routes: [{ method: 'GET', path: '/ready', file: 'src/server.js', line: 1 }],
      reads: ['PORT', 'SENDER_URL'],
      environment: [],
    });
  });

  test.each([
    ['npm start, if that does not run node', '{ "scripts": { "start": "next start" } }', ['npm', 'start']],
    ['its main file', '{ "main": "old.js" }', ['node', 'old.js']],
    ['a file with a usual name', '{}', ['node', 'index.js']],
  ])('a Node project is started by %s', async (_, manifest, command) => {
    const project = await projectOf({ 'package.json': manifest, 'old.js': '', 'index.js': '' });
    expect(project?.command).toEqual(command);
  });

  test.each([
    ['without a file to start', { 'package.json': '{}' }],
    ['whose package.json is not JSON', { 'package.json': '{', 'index.js': '' }],
  ])('a folder %s is not a Node project', async (_, files) => {
    expect(await projectOf(files)).toBeUndefined();
  });
});

test('a folder with other files is not recognised as a project', async () => {
  expect(await projectOf({ 'Gemfile.lock': '' })).toBeUndefined();
});

test('a Node project is started by the file that is named after its side, rather than by npm start', async () => {
  const both = {
    'package.json': '{ "scripts": { "start": "node all.js" } }',
    'legacy.js': '',
    'service.js': '',
    'provider.js': '',
    'onesend.config.js': '',
  };
  const code = ['package.json', 'legacy.js', 'provider.js', 'service.js'];
  expect(await projectOf(both, 'legacy')).toMatchObject({ command: ['node', 'legacy.js'], code });
  expect(await projectOf(both, 'service')).toMatchObject({ command: ['node', 'service.js'], code });
});

test('a folder that holds both sides is recognised as the project of each side', async () => {
  const both = { ...LARAVEL, ...GO };
  expect((await projectOf(both, 'legacy'))?.kind).toBe('Laravel');
  expect((await projectOf(both, 'service'))?.kind).toBe('Go');
});

describe('the folders of the two sides', () => {
  const proposed = async (projects: Readonly<Record<string, Files>>) => {
    for (const [path, files] of Object.entries(projects)) await writeFiles(join(folder, path), files);
    return [proposeFolder(folder, 'legacy'), proposeFolder(folder, 'service')];
  };

  test.each<[string, Record<string, Files>, (string | undefined)[]]>([
    ['named after the sides', { legacy: NODE, service: NODE, other: GO }, ['legacy', 'service']],
    [
      'of the usual kinds, one level deeper',
      { 'apps/backoffice': LARAVEL, 'services/sms': GO },
      ['apps/backoffice', 'services/sms'],
    ],
    ['of a Laravel application with the service in it', { '.': LARAVEL, messaging: GO }, ['.', 'messaging']],
    ['in two files of one folder', { '.': { 'package.json': '{}', 'legacy.js': '', 'service.js': '' } }, ['.', '.']],
    ['in one folder', { '.': { ...LARAVEL, ...GO } }, ['.', '.']],
    [
      'of a Laravel application and a service of an unusual kind',
      { backoffice: LARAVEL, sender: NODE },
      ['backoffice', 'sender'],
    ],
    ['of a legacy app of an unusual kind and a Go module', { shop: NODE, messaging: GO }, ['shop', 'messaging']],
    ['of the same kind', { one: NODE, other: NODE }, [undefined, undefined]],
    ['among packages of others', { app: LARAVEL, 'vendor/sms': GO, 'node_modules/sms': GO }, ['app', undefined]],
  ])('the folders of the two sides: %s', async (_, projects, folders) => {
    expect(await proposed(projects)).toEqual(folders);
  });
});
