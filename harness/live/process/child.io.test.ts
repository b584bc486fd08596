// Children as real processes of the operating system.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Guard, startGuard } from '../guard/guard.ts';
import { readProcess } from '../guard/process-table.ts';
import { type Child, type ChildExit, startChild } from './child.ts';
import { freePort } from './ports.ts';
import { waitUntilReady } from './ready.ts';

let guard: Guard;
beforeAll(async () => {
  guard = await startGuard();
});
afterAll(() => guard.close());

interface Observed {
  child: Child;
  lines: string[];
  exits: ChildExit[];
}

/** Starts Node with a short program. */
async function startNode(program: string, environment: Record<string, string> = {}): Promise<Observed> {
  const lines: string[] = [];
  const exits: ChildExit[] = [];
  const child = await startChild({
    name: 'test child',
    command: process.execPath,
    arguments: ['-e', program],
    environment,
    guard,
    onLine: (line, stream) => lines.push(`${stream}: ${line}`),
    onExit: (exit) => exits.push(exit),
  });
  return { child, lines, exits };
}

async function waitFor(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((done) => setTimeout(done, 10));
}

function isRunning(pid: number): boolean {
  return readProcess(pid)?.ended === false;
}

const idle = 'setInterval(() => {}, 1000);';
const deaf = `process.on('SIGTERM', () => {}); ${idle}`;

describe('a child process', () => {
  test('a child process sees the environment it is given and PATH, and nothing of the rig', async () => {
    process.env['ONESEND_TEST_SECRET'] = 'secret';
    const { child, lines } = await startNode('console.log(Object.keys(process.env).sort().join())', { GIVEN: '1' });
    await child.exited;
    expect(lines).toEqual(['stdout: GIVEN,PATH']);
    delete process.env['ONESEND_TEST_SECRET'];
  });

  test('a child process delivers all its lines before its exit is reported', async () => {
    const lines: string[] = [];
    let linesAtExit = 0;
    const child = await startChild({
      name: 'talker',
      command: process.execPath,
      arguments: [
        '-e',
        "for (let i = 0; i < 5000; i++) console.log('ligne é ' + i); console.error('bye'); process.exitCode = 3",
      ],
      environment: {},
      guard,
      onLine: (line) => lines.push(line),
      onExit: () => {
        linesAtExit = lines.length;
      },
    });
    expect(await child.exited).toEqual({ code: 3, signal: null });
    expect(linesAtExit).toBe(5001);
    expect(lines.filter((line) => line.startsWith('ligne é '))).toHaveLength(5000);
    expect(child.recentLines()).toHaveLength(11);
    expect(child.recentLines().at(-1)).toBe('bye');
  });

  test('a child process ends when its stdin does', async () => {
    const { child, exits } = await startNode("process.stdin.resume().on('end', () => process.exit(0))");
    await child.stop();
    expect(exits).toHaveLength(1);
  });

  test('a child process is killed when it does not end on SIGTERM, even when it is paused', async () => {
    const { child, lines, exits } = await startNode(`${deaf} console.log('up')`);
    await waitFor(() => lines.length > 0);
    child.kill('SIGSTOP');
    await child.stop();
    expect(exits).toEqual([{ code: null, signal: 'SIGKILL' }]);
    child.kill('SIGKILL');
  });

  test('a child process alone gets SIGTERM, and the processes that it started do not', async () => {
    const started = `process.on('SIGTERM', () => console.log('asked')); console.log('up'); ${idle}`;
    const { child, lines, exits } = await startNode(
      `process.on('SIGTERM', () => setTimeout(() => process.exit(7), 300));
       require('child_process').spawn(process.execPath, ['-e', ${JSON.stringify(started)}], { stdio: 'inherit' }); ${idle}`,
    );
    await waitFor(() => lines.length > 0);
    child.askToEnd();
    await child.exited;
    expect(lines).toEqual(['stdout: up']);
    expect(exits).toEqual([{ code: 7, signal: null }]);
  });

  test.each(['is killed', 'ends by itself'])(
    'the processes that a child process started end when it %s',
    async (how) => {
      const { child, lines } = await startNode(
        `process.on('SIGUSR2', () => process.exit()); ${idle}
         const c = require('child_process').spawn(process.execPath, ['-e', ${JSON.stringify(deaf)}], { stdio: 'inherit' }); console.log(c.pid);`,
      );
      await waitFor(() => lines.length > 0);
      const grandchild = Number(lines[0]?.replace('stdout: ', ''));
      expect(isRunning(grandchild)).toBe(true);
      if (how === 'is killed') child.kill('SIGKILL');
      else process.kill(child.pid, 'SIGUSR2');
      await child.exited;
      await waitFor(() => !isRunning(grandchild));
    },
  );

  test('a child process that cannot be started is an infrastructure error', async () => {
    const options = { environment: {}, guard, onLine: () => {}, onExit: () => {} };
    const started = startChild({ name: 'ghost', command: '/nowhere/ghost', arguments: [], ...options });
    await expect(started).rejects.toMatchObject({
      code: 'ONESEND_INFRASTRUCTURE',
      message: expect.stringContaining('expected to start ghost with /nowhere/ghost'),
    });
  });
});

describe('waiting until a child is ready', () => {
  test('waiting until a child is ready ends with the first successful answer', async () => {
    const port = await freePort();
    const { child, lines } = await startNode(`let n = 0; require('http').createServer((q, s) => {
      s.statusCode = ++n < 3 ? 503 : 200; console.log(s.statusCode); s.end() }).listen(${port}, '127.0.0.1')`);
    await waitUntilReady(`http://127.0.0.1:${port}/ready`, { child, timeoutMs: 30_000 });
    await child.stop();
    expect(lines).toEqual(['stdout: 503', 'stdout: 503', 'stdout: 200']);
  });

  test.each(['log', 'error'])(
    'waiting until a child is ready fails with what console.%s wrote when the child ends first',
    async (level) => {
      const { child } = await startNode(`console.${level}('no such table'); process.exitCode = 7`);
      const ready = waitUntilReady(`http://127.0.0.1:${await freePort()}/`, { child, timeoutMs: 3_600_000 });
      await expect(ready).rejects.toMatchObject({
        message: expect.stringMatching(/test child .* exited with code 7$/),
        details: ['its last lines:', '  no such table'],
      });
    },
  );

  test('waiting until a child is ready fails with status and body of the last answer, and the last lines, when it never succeeds', async () => {
    const port = await freePort();
    const { child, lines } = await startNode(`require('http').createServer((q, s) => { console.log('no such table');
      s.statusCode = 500; s.end('{"error": "see the log"}') }).listen(${port}, '127.0.0.1', () => console.log('up'))`);
    await waitFor(() => lines.length > 0);
    const ready = waitUntilReady(`http://127.0.0.1:${port}/`, { child, timeoutMs: 500 });
    await expect(ready).rejects.toMatchObject({
      message: expect.stringMatching(/the last attempt got status 500: "\{"error": "see the log"\}"$/),
      details: expect.arrayContaining(['its last lines:', '  no such table']),
    });
    await child.stop();
  });

  test('waiting until a child is ready fails with the last answer when the time is up', async () => {
    const { child } = await startNode(idle);
    const ready = waitUntilReady(`http://127.0.0.1:${await freePort()}/`, { child, timeoutMs: 200 });
    await expect(ready).rejects.toThrow(/within 200 ms, but the last attempt got ECONNREFUSED/);
    await child.stop();
  });
});
