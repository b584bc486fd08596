// What the guard cleans up after each way in which a rig can end: in order, by Ctrl-C, by SIGKILL at any moment.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { chmod, copyFile, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { compiledModule } from '../../platform/compiled-module.ts';
import { startGuard } from './guard.ts';
import { listProcesses, readProcess, runsFrom } from './process-table.ts';
import { createRunDirectory } from './run-directory.ts';

const live = (name: string): string => pathToFileURL(compiledModule(import.meta.url, name)).href;

/** A rig with a guard, a server, a child that ignores signals and has its own child, and an orphan in another session. */
const fakeRig = `
  const { startGuard } = await import('${live('./guard.ts')}');
  const { createRunDirectory } = await import('${live('./run-directory.ts')}');
  const { startEmbeddedPostgres } = await import('${live('../postgres/embedded.ts')}');
  const { startChild } = await import('${live('../process/child.ts')}');
  const guard = await startGuard();
  console.log('guard ' + guard.pid);
  const directory = await createRunDirectory(guard);
  const server = await startEmbeddedPostgres({ guard, directory, maxConnections: 20 });
  console.log('server ' + server.pid);
  const child = await startChild({
    name: 'child', command: '/bin/sh', environment: {}, guard,
    arguments: ['-c', "trap '' TERM INT; sleep 1000 & echo grandchild $!; setsid sh -c 'setsid sleep 1000 & echo orphan $!'; wait; wait"],
    onLine: (line) => console.log(line), onExit() {},
  });
  console.log('child ' + child.pid);
  console.log('up 0');
  setInterval(() => {}, 1000);`;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'onesend-guard-'));
  // The user of the server must be able to enter it.
  await chmod(folder, 0o755);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

interface FakeRig {
  memoryBefore: string[];
  process: ChildProcess;
  pids: Map<string, number>;
  said(name: string): Promise<void>;
}

async function startFakeRig(): Promise<FakeRig> {
  const memoryBefore = orphanedMemory();
  const script = join(folder, 'rig.mjs');
  await writeFile(script, fakeRig);
  const env = { PATH: process.env['PATH'] ?? '', TMPDIR: folder };
  const rig = spawn(process.execPath, [script], { detached: true, env, stdio: ['ignore', 'pipe', 'inherit'] });
  const pids = new Map<string, number>();
  createInterface({ input: rig.stdout }).on('line', (line) => {
    const [name = '', pid] = line.split(' ');
    pids.set(name, Number(pid));
  });
  const said = async (name: string): Promise<void> => {
    while (!pids.has(name)) {
      expect(rig.exitCode).toBeNull();
      await sleep(5);
    }
  };
  return { process: rig, pids, said, memoryBefore };
}

/** The shared memory segments of System V that no process is attached to: only a reboot would remove them. */
function orphanedMemory(): string[] {
  const table = '/proc/sysvipc/shm';
  if (!existsSync(table)) return [];
  const rows = readFileSync(table, 'utf8').trim().split('\n').slice(1);
  return rows
    .map((row) => row.trim().split(/\s+/))
    .filter((row) => row[6] === '0')
    .map((row) => `memory ${row[1]}`);
}

const isRunning = (pid: number): boolean => readProcess(pid)?.ended === false;

/** Waits for the guard to end, then names what it should have cleaned and did not. */
async function findLeft(rig: FakeRig): Promise<string[]> {
  const guard = rig.pids.get('guard') ?? 0;
  while (isRunning(guard)) await sleep(10);
  const named = [...rig.pids].filter(([, pid]) => pid > 0 && isRunning(pid)).map(([name]) => name);
  const files = (await readdir(folder)).filter((name) => name !== 'rig.mjs');
  const unnamed = listProcesses().filter(({ pid, ended }) => !ended && runsFrom(pid, [folder]));
  const memory = orphanedMemory().filter((id) => !rig.memoryBefore.includes(id));
  return [...named, ...files, ...unnamed.map(({ pid }) => `process ${pid}`), ...memory];
}

describe('a rig with a server and children', () => {
  test('a rig with a server and children leaves nothing behind when it is killed', async () => {
    const rig = await startFakeRig();
    await rig.said('up');
    await rig.said('grandchild');
    await rig.said('orphan');
    for (const name of ['guard', 'server', 'child', 'grandchild', 'orphan'])
      expect(isRunning(rig.pids.get(name) ?? 0)).toBe(true);
    rig.process.kill('SIGKILL');
    expect(await findLeft(rig)).toEqual([]);
  });

  test('a rig with a server and children leaves nothing behind when Ctrl-C reaches its whole process group', async () => {
    const rig = await startFakeRig();
    await rig.said('up');
    process.kill(-(rig.process.pid ?? 0), 'SIGINT');
    expect(await findLeft(rig)).toEqual([]);
  });

  test.each([0, 20, 60, 120, 300, 500, 700])(
    'a rig with a server and children leaves nothing behind when it is killed %i ms into its start',
    async (delayMs) => {
      const rig = await startFakeRig();
      await rig.said('guard');
      await sleep(delayMs);
      rig.process.kill('SIGKILL');
      expect(await findLeft(rig)).toEqual([]);
    },
  );
});

function startSleeper(): ChildProcess {
  return spawn('sleep', ['1000'], { detached: true, stdio: 'ignore' });
}

describe('the guard', () => {
  test('the guard cleans what is still watched when it is closed, and nothing that was forgotten', async () => {
    const guard = await startGuard();
    const [watched, forgotten] = [startSleeper(), startSleeper()];
    for (const { pid = 0 } of [watched, forgotten]) guard.watchProcess(pid);
    guard.forgetProcess(forgotten.pid ?? 0);
    const directory = await createRunDirectory(guard);
    await writeFile(join(directory, 'file'), '');
    await guard.close();
    expect(isRunning(watched.pid ?? 0)).toBe(false);
    expect(isRunning(forgotten.pid ?? 0)).toBe(true);
    expect(existsSync(directory)).toBe(false);
    expect(isRunning(guard.pid)).toBe(false);
    forgotten.kill('SIGKILL');
  });

  test.runIf(process.platform === 'linux')(
    'the guard ends a program in a watched directory even if it was not registered',
    async () => {
      const guard = await startGuard();
      const program = join(await createRunDirectory(guard), 'sleep');
      await copyFile('/bin/sleep', program);
      const stray = spawn(program, ['1000'], { detached: true, stdio: 'ignore' });
      expect(isRunning(stray.pid ?? 0)).toBe(true);
      await guard.close();
      expect(isRunning(stray.pid ?? 0)).toBe(false);
    },
  );

  test('the guard ignores every signal that asks it to end, and is gone once it is closed', async () => {
    const guard = await startGuard();
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.kill(guard.pid, signal);
    // It also leads its own group, which a terminal does not signal.
    expect(readProcess(guard.pid)?.group).toBe(guard.pid);
    const sleeper = startSleeper();
    guard.watchProcess(sleeper.pid ?? 0);
    await sleep(100);
    expect(isRunning(guard.pid)).toBe(true);
    await guard.close();
    expect(isRunning(sleeper.pid ?? 0)).toBe(false);
  });

  test('a guard that was killed accepts nothing more, and the rig does its work', async () => {
    const guard = await startGuard();
    const directory = await createRunDirectory(guard);
    process.kill(guard.pid, 'SIGKILL');
    while (isRunning(guard.pid)) await sleep(5);
    await sleep(50);
    expect(() => guard.watchDirectory(join(directory, 'more'))).toThrow(/expected the guard process \d+ to be running/);
    await guard.close();
    expect(existsSync(directory)).toBe(false);
  });

  test('the guard accepts nothing more while it closes, so that nothing starts unwatched', async () => {
    const guard = await startGuard();
    const closed = guard.close();
    expect(() => guard.watchProcess(process.pid)).toThrow('the rig is closing');
    await closed;
  });

  test('the guard refuses a directory that can only be named by mistake', async () => {
    const guard = await startGuard();
    for (const path of ['/', '/usr', tmpdir(), process.cwd(), 'relative', '/tmp/a/..']) {
      expect(() => guard.watchDirectory(path)).toThrow(/guard/);
    }
    await guard.close();
  });
});
