// All processes that a system starts, including those that leave its process group or session, or outlive their parents, as in nginx.
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { type Guard, startGuard } from '../guard/guard.ts';
import { listProcesses } from '../guard/process-table.ts';
import { type Child, startChild } from './child.ts';

/** Which process starts which, each in a session of its own. The launcher ends at once, and the daemon ignores every signal that it can. */
const PROGRAM = `
  import { spawn } from 'node:child_process';
  const children = { master: ['worker', 'launcher'], launcher: ['daemon'], daemon: ['helper'] };
  const name = process.argv[2];
  for (const child of children[name] ?? []) {
    spawn(process.execPath, [process.argv[1], child], { stdio: 'inherit', detached: true }).unref();
  }
  if (name === 'daemon') for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => {});
  if (name !== 'launcher') setInterval(() => {}, 1000);`;

const ALL = ['daemon', 'helper', 'master', 'worker'];

let guard: Guard;
let folder: string;
let program: string;
beforeAll(async () => {
  guard = await startGuard();
  folder = await mkdtemp(join(tmpdir(), 'onesend-tree-'));
  program = join(folder, 'tree.mjs');
  await writeFile(program, PROGRAM);
});
afterAll(async () => {
  await guard.close();
  await rm(folder, { recursive: true, force: true });
});

async function startTree(): Promise<Child> {
  const child = await startChild({
    name: 'tree',
    command: process.execPath,
    arguments: [program, 'master'],
    environment: {},
    guard,
    onLine: () => {},
    onExit: () => {},
  });
  onTestFinished(() => child.stop());
  return child;
}

/** The names of the processes of the tree by state: S sleeps, T is stopped. */
function running(states = 'RSDT'): string[] {
  return listProcesses()
    .flatMap(({ pid, ended }) => (ended ? [] : namesOf(pid, states)))
    .toSorted();
}

function namesOf(pid: number, states: string): string[] {
  try {
    const [, script, name = ''] = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    const state = /\) (\w)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1] ?? '';
    return script === program && states.includes(state) && name !== 'launcher' ? [name] : [];
  } catch {
    return [];
  }
}

async function untilAllRun(): Promise<void> {
  await expect.poll(() => running()).toEqual(ALL);
}

describe.runIf(process.platform === 'linux')('the process tree of a child', () => {
  test('the process tree of a child is killed with it', async () => {
    const child = await startTree();
    await untilAllRun();
    expect(child.pids()).toHaveLength(ALL.length);
    child.kill('SIGKILL');
    await child.exited;
    expect(running()).toEqual([]);
  });

  test('the process tree of a child ends when the child is stopped, even if a part of the tree ignores signals', async () => {
    const child = await startTree();
    await untilAllRun();
    await child.stop();
    expect(running()).toEqual([]);
  });

  test('the process tree of a child ends when the child ends by itself', async () => {
    const child = await startTree();
    await untilAllRun();
    process.kill(child.pid, 'SIGKILL');
    await child.exited;
    expect(running()).toEqual([]);
  });

  test('the process tree of a child is paused and resumed with it', async () => {
    const child = await startTree();
    await untilAllRun();
    child.kill('SIGSTOP');
    await expect.poll(() => running('T')).toEqual(ALL);
    child.kill('SIGCONT');
    await expect.poll(() => running('T')).toEqual([]);
  });

  test('the process tree of a child is gone after crashes at any moment of its start', async () => {
    for (let crash = 0; crash < 12; crash += 1) {
      const child = await startTree();
      await sleep(crash * 25);
      child.kill('SIGKILL');
      await child.exited;
      expect(running()).toEqual([]);
    }
  });
});
