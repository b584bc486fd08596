import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Files, GO, LARAVEL, NODE, writeFiles } from './projects.fixture.ts';
import type { Project } from './project.ts';
import { recogniseProject } from './recognise-project.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'onesend-projects-test-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function projectOf(files: Files): Promise<Project | undefined> {
  await writeFiles(folder, files);
  return recogniseProject(folder);
}

describe('a Laravel application', () => {
  test('is known by artisan and composer.json, also beside a package.json', async () => {
    expect(await projectOf(LARAVEL)).toMatchObject({
      kind: 'Laravel',
      command: ['php', '-S', '127.0.0.1:${port}', '-t', 'public', 'public/index.php'],
      code: ['app', 'config', 'public/index.php', 'routes'],
      readyPath: undefined,
    });
  });

  test.each([
    ["env('DATABASE_URL')", 'DATABASE_URL'],
    ["env('DB_URL')", 'DB_URL'],
  ])('whose configuration has %s is given its database by %s', async (text, key) => {
    const project = await projectOf({ ...LARAVEL, 'config/database.php': text });
    expect(project?.environment).toContainEqual({ key, value: '${databaseUrl}' });
  });
});

describe('a Go module', () => {
  test('is started by what the main package that serves is built to', async () => {
    expect(await projectOf(GO)).toEqual({
      kind: 'Go',
      command: ['./bin/server'],
      commandCheck: 'built with: go build -o bin/server ./cmd/server; cmd/migrate is a main package too',
      code: ['go.mod', 'go.sum', 'cmd', 'internal'],
      readyPath: '/healthz',
      environment: [],
    });
  });

  test('with its main package in the root is built to the name of the module', async () => {
    expect(await projectOf({ 'go.mod': 'module example.com/messaging\n', 'main.go': 'package main\n' })).toMatchObject({
      command: ['./bin/messaging'],
      commandCheck: 'built with: go build -o bin/messaging .',
      code: ['go.mod', 'main.go'],
    });
  });

  test('without a main package is none', async () => {
    expect(
      await projectOf({ 'go.mod': 'module example.com/library\n', 'library.go': 'package library\n' }),
    ).toBeUndefined();
  });
});

describe('a Node project', () => {
  test('is started by what npm start runs', async () => {
    expect(await projectOf(NODE)).toEqual({
      kind: 'Node',
      command: ['node', 'src/server.js', '--quiet'],
      code: ['package.json', 'src'],
      readyPath: '/ready',
      environment: [],
    });
  });

  test.each([
    ['npm start, where that is no plain node', '{ "scripts": { "start": "next start" } }', ['npm', 'start']],
    ['its main file', '{ "main": "legacy.js" }', ['node', 'legacy.js']],
    ['a file with a usual name', '{}', ['node', 'index.js']],
  ])('is started by %s', async (_, manifest, command) => {
    const project = await projectOf({ 'package.json': manifest, 'legacy.js': '', 'index.js': '' });
    expect(project?.command).toEqual(command);
  });

  test.each([
    ['that starts nothing', { 'package.json': '{}' }],
    ['whose package.json is no JSON', { 'package.json': '{', 'index.js': '' }],
  ])('%s is none', async (_, files) => {
    expect(await projectOf(files)).toBeUndefined();
  });
});

test('a folder with other files is no project', async () => {
  expect(await projectOf({ 'Gemfile.lock': '' })).toBeUndefined();
});
