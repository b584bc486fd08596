// A system of several commands: an application that serves, and a worker beside it.
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Command } from '../formats/action.ts';
import type { SystemDescription } from '../formats/system-description.ts';
import { type Guard, startGuard } from './guard/guard.ts';
import { readProcess } from './guard/process-table.ts';
import { freePort } from './process/ports.ts';
import type { SystemProcess } from './system-process.ts';
import { systemProcess } from './system-processes.ts';

const program = (code: string): Command => ({
  command: process.execPath,
  arguments: ['-e', code, '${port}'],
  environment: {},
});

const SERVE =
  "require('http').createServer((_, answer) => answer.end('ok')).listen(Number(process.argv[1]), '127.0.0.1')";
const SERVER = program(SERVE);
const IDLE = 'setInterval(() => {}, 1_000);';
const WORKER = `console.log('worker of ' + process.argv[1]); ${IDLE}`;
const DEAF = `process.on('SIGTERM', () => {}); console.log('deaf'); ${IDLE}`;

/** A system with this worker, under a guard of its own. */
async function systemWith(
  worker: string,
  server = SERVER,
): Promise<{ system: SystemProcess; guard: Guard; port: number }> {
  const guard = await startGuard();
  const port = await freePort();
  const described = { ...server, also: [program(worker)], readyPath: '/' };
  const description = { name: 'toy', processes: { legacy: described, service: described } };
  const system = systemProcess({
    role: 'legacy',
    description: description as unknown as SystemDescription,
    guard,
    port,
    placeholders: { port: String(port) },
  });
  onTestFinished(async () => {
    await system.close();
    await guard.close();
  });
  return { system, guard, port };
}

/** Waits for a line, and answers all lines up to it. */
async function untilLine(system: SystemProcess, line: string): Promise<void> {
  await expect.poll(() => system.takeLines().some((logged) => logged.line === line), { timeout: 10_000 }).toBe(true);
}

const isRunning = (pid: number): boolean => readProcess(pid)?.ended === false;

test('starts with its worker, and a crash kills both', async () => {
  const { system, port } = await systemWith(WORKER);
  await system.start();
  await untilLine(system, `worker of ${port}`);
  const before = system.leaders();
  expect(before).toHaveLength(2);
  await system.crash();
  expect(before.filter(isRunning)).toEqual([]);
  await system.start();
  expect(system.leaders().filter((pid) => !before.includes(pid))).toHaveLength(2);
  expect(system.takeDeaths()).toEqual([]);
});

test.runIf(process.platform === 'linux')('is paused with its worker, and goes on with it', async () => {
  const { system } = await systemWith(WORKER);
  await system.start();
  const stateOf = (pid: number): string => /\) (\w)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1] ?? '';
  const isStopped = (): boolean[] => system.leaders().map((pid) => stateOf(pid) === 'T');
  system.pause();
  await expect.poll(isStopped).toEqual([true, true]);
  system.continue();
  await expect.poll(isStopped).toEqual([false, false]);
});

test('ends by itself when each of its commands does, and is killed when one does not', async () => {
  const { system } = await systemWith(WORKER);
  await system.start();
  expect(await system.terminate(10_000)).toBe('by itself');
  const deaf = await systemWith(DEAF);
  await deaf.system.start();
  await untilLine(deaf.system, 'deaf');
  const pids = deaf.system.leaders();
  expect(await deaf.system.terminate(100)).toBe('killed');
  expect(pids.filter(isRunning)).toEqual([]);
});

test('a worker that ends is a death of the system, and comes back with the next start', async () => {
  const { system } = await systemWith(WORKER);
  await system.start();
  const [server = 0, worker = 0] = system.leaders();
  process.kill(worker, 'SIGKILL');
  await expect.poll(() => system.leaders()).toEqual([server]);
  expect(system.takeDeaths()).toHaveLength(1);
  await system.start();
  expect(system.leaders()).toEqual([server, expect.any(Number)]);
});

test('does not start when its worker ends at once, and says what that wrote', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'onesend-worker-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const mark = JSON.stringify(join(folder, 'ended'));
  const worker = `console.log('no such queue'); require('fs').writeFileSync(${mark}, ''); process.exit(3)`;
  // It serves when the worker has ended, so that this is an error of the start and no death.
  const late = program(`const waiting = setInterval(() => {
    if (!require('fs').existsSync(${mark})) return;
    clearInterval(waiting);
    setTimeout(() => { ${SERVE} }, 500);
  }, 20)`);
  const { system } = await systemWith(worker, late);
  await expect(system.start()).rejects.toMatchObject({
    code: 'ONESEND_INFRASTRUCTURE',
    details: expect.arrayContaining(['  no such queue']),
  });
});

test('leaves nothing behind when its guard ends what the rig left', async () => {
  const { system, guard } = await systemWith(WORKER);
  await system.start();
  const pids = system.leaders();
  await guard.close();
  expect(pids.filter(isRunning)).toEqual([]);
});
