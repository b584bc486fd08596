// Tests which command init proposes for a side, and which other ways to start it are named with their files.
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Files, GO, LARAVEL, NODE, writeFiles } from './projects.fixture.ts';
import { proposeCommand } from './propose-command.ts';

let base: string;
beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'onesend-command-test-'));
});
afterEach(() => rm(base, { recursive: true, force: true }));

/** What is proposed for a legacy app in the folder `app`; `scripts` are files that can be executed. */
async function proposedFor(files: Files, scripts: readonly string[] = [], above: Files = {}) {
  await writeFiles(base, above);
  await writeFiles(join(base, 'app'), {
    ...files,
    ...Object.fromEntries(scripts.map((path) => [path, '#!/bin/sh\n'])),
  });
  for (const path of scripts) await chmod(join(base, 'app', path), 0o755);
  return proposeCommand(join(base, 'app'), 'legacy');
}

const PHP = ['php', '-S', '127.0.0.1:${port}', '-t', 'public', 'public/index.php'];

describe('the command of a side', () => {
  test('the command of a side is a script that starts it, which is named beside the usual command', async () => {
    expect(await proposedFor(LARAVEL, ['deploy/serve'])).toEqual({
      command: ['./deploy/serve'],
      check: `from deploy/serve; it must pass on SIGTERM; without it: ${PHP.join(' ')}`,
    });
  });

  test('the command of a side is the usual one where a script cannot be executed', async () => {
    expect(await proposedFor({ ...LARAVEL, 'bin/serve': '' })).toMatchObject({ command: PHP });
  });

  test('the command of a side has a note on the other ways that files name', async () => {
    const files = {
      ...LARAVEL,
      'composer.json': '{ "scripts": { "serve": "php artisan serve", "test": "phpunit" } }',
      Procfile: 'release: php artisan migrate\nweb: heroku-php-nginx public/\n',
      Makefile: 'build:\n\tcc\nserve: build\n\tphp artisan serve\nrun := 1\n',
      'compose.yaml': 'services:\n  web:\n    image: php\n    command: php-fpm -F\n  db:\n    image: postgres\n',
    };
    const { command, check } = (await proposedFor(files)) ?? {};
    expect(command).toEqual(PHP);
    expect(check).toMatch(
      /; its files also name: heroku-php-nginx public\/ \(Procfile\), composer run serve \(composer\.json\), make serve \(Makefile\), php-fpm -F \(compose\.yaml\)$/,
    );
  });

  test('the command of a side is also sought in the part of a compose file above that names its folder', async () => {
    const compose = [
      'services:',
      '  legacy:',
      '    build: ./app',
      '    command: ./run-legacy',
      '  other:',
      '    build: ./other',
      '    command: ./run-other',
    ].join('\n');
    const { check } = (await proposedFor(GO, [], { 'docker-compose.yml': compose })) ?? {};
    expect(check).toMatch(/; its files also name: \.\/run-legacy \(\.\.\/docker-compose\.yml\)$/);
  });

  test('the command of a project of no known kind is the first that needs no shell', async () => {
    const files = { Procfile: 'web: gunicorn app:app --bind 0.0.0.0:$PORT\n', Makefile: 'run:\n\tgunicorn\n' };
    expect(await proposedFor(files)).toEqual({
      command: ['make', 'run'],
      check:
        'from Makefile; it must pass on SIGTERM; its files also name: gunicorn app:app --bind 0.0.0.0:$PORT (Procfile)',
    });
    expect(await proposedFor({ Makefile: 'build:\n' })).toBeUndefined();
  });

  test('the command of a Node project is its start script, which is not named twice', async () => {
    expect(await proposedFor(NODE)).toEqual({ command: ['node', 'src/server.js', '--quiet'] });
  });

  test('the command of a side in a folder of both sides is not taken from files that do not say which side they start', async () => {
    const files = { 'package.json': '{ "scripts": { "serve": "node legacy.js" } }', 'legacy.js': '', 'service.js': '' };
    expect(await proposedFor(files, ['bin/serve'])).toEqual({ command: ['node', 'legacy.js'] });
  });
});
