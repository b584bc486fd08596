// The embedded PostgreSQL: in an ordinary installation, and in difficult ones.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, cp, lstat, mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compiledModule } from '../../platform/compiled-module.ts';
import { type Guard, startGuard } from '../guard/guard.ts';
import { readProcess } from '../guard/process-table.ts';
import { createRunDirectory } from '../guard/run-directory.ts';
import { cloneDatabase, createTemplate, dropDatabase } from './databases.ts';
import { startEmbeddedPostgres } from './embedded.ts';
import { findNativeFolder } from './native-package.ts';
import type { PostgresServer } from './server.ts';

const isRoot = process.getuid?.() === 0;
let guard: Guard;
let directory: string;
beforeAll(async () => {
  guard = await startGuard();
  directory = await createRunDirectory(guard);
});
afterAll(() => guard.close());

async function query(url: string, text: string): Promise<unknown[][]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<unknown[]>({ text, rowMode: 'array' });
    return rows;
  } finally {
    await client.end();
  }
}

describe('a started server', () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startEmbeddedPostgres({ guard, directory, maxConnections: 60 });
  });
  afterAll(() => server.close());

  test('a started server is PostgreSQL 18 with the settings of a rig', async () => {
    const names = [
      'server_version',
      'max_connections',
      'track_commit_timestamp',
      'synchronous_commit',
      'server_encoding',
    ];
    const [row] = await query(server.url('postgres'), `SELECT ${names.map((n) => `current_setting('${n}')`).join()}`);
    expect(row).toEqual([server.version, '60', 'on', 'on', 'UTF8']);
    expect(server.version).toMatch(/^18\./);
  });

  test('a started server hashes passwords with 4096 iterations, as RFC 7677 and some drivers demand', async () => {
    const [row] = await query(
      server.url('postgres'),
      "SELECT split_part(rolpassword, ':', 1) FROM pg_authid WHERE rolpassword IS NOT NULL",
    );
    expect(row).toEqual(['SCRAM-SHA-256$4096']);
  });

  test('a started server refuses a wrong password', async () => {
    const url = server.url('postgres', { name: server.superuser, password: 'wrong' });
    await expect(query(url, 'SELECT 1')).rejects.toThrow(/password authentication failed/);
  });

  test('a started server listens on loopback only and has no socket file', async () => {
    const [row] = await query(server.url('postgres'), "SELECT current_setting('unix_socket_directories')");
    expect(row).toEqual(['']);
    const others = Object.values(networkInterfaces()).flatMap(
      (list) => list?.filter(({ internal }) => !internal) ?? [],
    );
    for (const { address } of others.filter(({ family }) => family === 'IPv4')) {
      const error = await new Promise((done) => {
        connect(server.port, address)
          .once('error', done)
          .once('connect', () => done('connected'));
      });
      expect(error).toMatchObject({ code: 'ECONNREFUSED' });
    }
  });

  test('a started server leaves no file that another user could read a secret from', async () => {
    const [home = ''] = await readdir(directory);
    const entries = await readdir(join(directory, home));
    expect(entries.toSorted()).toEqual(['data', 'native', 'postgres.log']);
    for (const name of ['data', 'postgres.log']) expect((await stat(join(directory, home, name))).mode & 0o077).toBe(0);
  });

  test('a started server copies a template with its rows, also several times at once, and drops the copies', async () => {
    await createTemplate(server, {
      name: 'the template',
      async prepare(client) {
        await client.query('CREATE TABLE item (id int PRIMARY KEY)');
        await client.query('INSERT INTO item VALUES (1), (2)');
      },
    });
    const names = ['copy 1', 'copy 2', 'copy 3'];
    await Promise.all(names.map((name) => cloneDatabase(server, { template: 'the template', name })));
    await query(server.url('copy 1'), 'DELETE FROM item');
    expect(await query(server.url('copy 1'), 'SELECT id FROM item')).toEqual([]);
    expect(await query(server.url('copy 2'), 'SELECT id FROM item')).toEqual([[1], [2]]);

    const holder = new Client({ connectionString: server.url('copy 3') });
    holder.on('error', () => {});
    await holder.connect();
    for (const name of [...names, 'never made']) await dropDatabase(server, name);
    const left = await query(server.url('postgres'), "SELECT datname FROM pg_database WHERE datname LIKE 'copy%'");
    expect(left).toEqual([]);
  });
});

describe('a server', () => {
  test('a server leaves neither a process nor a directory when it is closed, even twice', async () => {
    const server = await startEmbeddedPostgres({ guard, directory, maxConnections: 20 });
    await server.close();
    expect(readProcess(server.pid)).toBeUndefined();
    expect(await readdir(directory)).toEqual([]);
    await server.close();
  });

  test('a server starts from a package in a directory that only its owner can enter, and without an install script', async () => {
    const hidden = await mkdtemp(join(tmpdir(), 'onesend-hidden-'));
    try {
      const nativeFolder = join(hidden, 'native');
      await chmod(hidden, 0o700);
      await cp(findNativeFolder(), nativeFolder, {
        recursive: true,
        filter: async (source) => !(await lstat(source)).isSymbolicLink(),
      });
      await chmod(join(nativeFolder, 'bin', 'postgres'), 0o700);
      expect(existsSync(join(nativeFolder, 'lib', 'libpq.so.5'))).toBe(false);
      const server = await startEmbeddedPostgres({ guard, directory, maxConnections: 20, nativeFolder });
      expect(await query(server.url('postgres'), 'SELECT 1')).toEqual([[1]]);
      await server.close();
    } finally {
      await rm(hidden, { recursive: true });
    }
  });

  test('a server that cannot start reports the reason from its log, and leaves nothing behind', async () => {
    const started = startEmbeddedPostgres({ guard, directory, maxConnections: -5 });
    await expect(started).rejects.toMatchObject({
      code: 'ONESEND_INFRASTRUCTURE',
      message: expect.stringMatching(/max_connections/),
    });
    expect(await readdir(directory)).toEqual([]);
  });

  test('a server whose program cannot run in the temporary directory fails with a hint about TMPDIR', async () => {
    const empty = join(directory, 'native');
    await mkdir(join(empty, 'bin'), { recursive: true });
    await writeFile(join(empty, 'bin', 'postgres'), 'not a program');
    const started = startEmbeddedPostgres({ guard, directory, maxConnections: 20, nativeFolder: empty });
    await expect(started).rejects.toMatchObject({
      code: 'ONESEND_INFRASTRUCTURE',
      hint: expect.stringContaining('TMPDIR'),
    });
    await rm(empty, { recursive: true });
  });
});

const live = (name: string): string => pathToFileURL(compiledModule(import.meta.url, name)).href;
const nobody = { uid: 65_534, gid: 65_534 };
const postgresModule = compiledModule(import.meta.url, './embedded.ts');
const readable = spawnSync(process.execPath, ['-e', 'fs.accessSync(process.argv[1])', postgresModule], nobody);

// Needs root to switch to another user, and a checkout that the other user can read.
describe.runIf(isRoot && readable.status === 0)('a rig that is not root', () => {
  test('a rig that is not root starts the server as itself', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'onesend-user-'));
    await chmod(folder, 0o777);
    const program = `
      const { startGuard } = await import('${live('../guard/guard.ts')}');
      const { createRunDirectory } = await import('${live('../guard/run-directory.ts')}');
      const { startEmbeddedPostgres } = await import('${live('./embedded.ts')}');
      const guard = await startGuard();
      const directory = await createRunDirectory(guard);
      const server = await startEmbeddedPostgres({ guard, directory, maxConnections: 20 });
      console.log(server.version, process.getuid());
      await server.close();
      await guard.close();`;
    const env = { PATH: process.env['PATH'] ?? '', TMPDIR: folder };
    const nodeArguments = ['--input-type=module', '-e', program];
    const rig = spawnSync(process.execPath, nodeArguments, { ...nobody, env, cwd: '/', encoding: 'utf8' });
    expect(rig.stderr).toBe('');
    expect(rig.stdout).toMatch(/^18\.\d+ 65534\n$/);
    expect(await readdir(folder)).toEqual([]);
    await rm(folder, { recursive: true });
  });
});
