// Tests a system of several commands: an application that serves, and a worker beside it.
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Command } from '../formats/action.ts';
import type { ProcessDescription, SystemDescription } from '../formats/system-description.ts';
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

/** A system with this worker and its own guard. */
async function systemWith(
  worker: string,
  server = SERVER,
  around: Partial<ProcessDescription> = {},
): Promise<{ system: SystemProcess; guard: Guard; port: number }> {
  const guard = await startGuard();
  const port = await freePort();
  const described = { ...server, also: [program(worker)], prepare: [], logs: [], readyPath: '/', ...around };
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

/** Waits for a line, and discards the lines up to it. */
async function untilLine(system: SystemProcess, line: string): Promise<void> {
  await expect.poll(() => system.takeLines().some((logged) => logged.line === line)).toBe(true);
}

const isRunning = (pid: number): boolean => readProcess(pid)?.ended === false;

test('a system starts with its worker, and a crash kills both', async () => {
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

test.runIf(process.platform === 'linux')('a system and its worker are paused and continued together', async () => {
  const { system } = await systemWith(WORKER);
  await system.start();
  const stateOf = (pid: number): string => /\) (\w)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1] ?? '';
  const isStopped = (): boolean[] => system.leaders().map((pid) => stateOf(pid) === 'T');
  system.pause();
  await expect.poll(isStopped).toEqual([true, true]);
  system.continue();
  await expect.poll(isStopped).toEqual([false, false]);
});

test('a system ends by itself if each command ends by itself, and is reported as killed if one command was killed', async () => {
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

test('a death of a system is recorded when its worker ends, and the next start starts the worker again', async () => {
  const { system } = await systemWith(WORKER);
  await system.start();
  const [server = 0, worker = 0] = system.leaders();
  process.kill(worker, 'SIGKILL');
  await expect.poll(() => system.leaders()).toEqual([server]);
  expect(system.takeDeaths()).toHaveLength(1);
  await system.start();
  expect(system.leaders()).toEqual([server, expect.any(Number)]);
});

test("a system does not start when its worker ends immediately, and reports the worker's output", async () => {
  const folder = await newFolder();
  const mark = JSON.stringify(join(folder, 'ended'));
  const worker = `console.log('no such queue'); require('fs').writeFileSync(${mark}, String(process.pid)); process.exit(3)`;
  // The application serves only after the worker has ended and is reaped, so that its end is an error of the start and not a death.
  const late = program(`const waiting = setInterval(() => {
    if (!require('fs').existsSync(${mark})) return;
    try { process.kill(Number(require('fs').readFileSync(${mark}, 'utf8')), 0); } catch {
      clearInterval(waiting);
      setTimeout(() => { ${SERVE} }, 200);
    }
  }, 20)`);
  const { system } = await systemWith(worker, late);
  await expect(system.start()).rejects.toMatchObject({
    code: 'ONESEND_INFRASTRUCTURE',
    details: expect.arrayContaining(['  no such queue']),
  });
});

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'onesend-worker-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

test('a system is prepared before its first start only', async () => {
  const file = join(await newFolder(), 'prepared');
  const append = (word: string) => `require('fs').appendFileSync(${JSON.stringify(file)}, '${word} ')`;
  const prepare = [program(append('migrated')), program(append('cached'))];
  const { system } = await systemWith(IDLE, program(`${append('started')}; ${SERVE}`), { also: [], prepare });
  await system.start();
  await system.crash();
  await system.start();
  expect(readFileSync(file, 'utf8')).toBe('migrated cached started started ');
});

test('a system does not start when its preparation fails, and the error shows the output of the failed command', async () => {
  const failing = program("console.log('disk is full'); process.exit(4)");
  const { system } = await systemWith(IDLE, SERVER, { prepare: [failing] });
  await expect(system.start()).rejects.toMatchObject({
    code: 'ONESEND_BAD_SYSTEM',
    message: expect.stringMatching(/^toy: processes\.legacy\.prepare: expected '.*' to succeed, received exit code 4$/),
    details: ['disk is full'],
  });
  expect(system.leaders()).toEqual([]);
});

test('a system that does not start shows the last lines of its log files', async () => {
  const log = join(await newFolder(), 'app.log');
  const failing = program(`require('fs').writeFileSync(${JSON.stringify(log)}, 'no such key\\n'); process.exit(3)`);
  const { system } = await systemWith(IDLE, failing, { logs: [log] });
  await expect(system.start()).rejects.toMatchObject({
    code: 'ONESEND_INFRASTRUCTURE',
    details: expect.arrayContaining([`last lines of ${log}:`, '  no such key']),
  });
});

test('a guard that is closed ends all processes of a system', async () => {
  const { system, guard } = await systemWith(WORKER);
  await system.start();
  const pids = system.leaders();
  await guard.close();
  expect(pids.filter(isRunning)).toEqual([]);
});
