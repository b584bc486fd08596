// The Node entry point as the rig starts it: how a process serves, and every way in which it ends.
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { compiledModule } from '../../harness/platform/compiled-module.ts';
import { freePort } from '../../harness/live/process/ports.ts';
import { type PairDatabase, type PairServer, startPairServer } from './pair-database.fixture.ts';

/** A system that only handles requests. */
const SYSTEM = `
export const system = {
  name: 'door',
  boot: (env, role) => ({
    shutdown(ending) {
      ending.stopAccepting();
      return ending.untilIdle();
    },
    async handle(request, caller) {
      caller.onGone(() => env.log('GONE: ' + request.path + ' ' + caller.isGone));
      if (request.path === '/reject') throw new Error('rejected\\nby hand');
      if (request.path === '/spawn') env.spawn('background', () => Promise.reject(new Error('not awaited')));
      if (request.path === '/crash') setTimeout(() => { throw new Error('out of hand'); }, 1);
      env.log('BEGUN: ' + request.path);
      if (request.path === '/slow') await env.sleep(300);
      if (request.path === '/left') await new Promise((resolve) => caller.onGone(resolve));
      if (request.path === '/rows') {
        return { status: 200, body: JSON.stringify(await env.store.transaction((tx) => tx.select('go_sms_logs', {}))) };
      }
      return { status: 201, body: JSON.stringify({ role, request }) };
    },
  }),
};`;

type Child = ChildProcessByStdio<Writable, Readable, Readable>;

/** A started process. `exited` resolves to its exit code, or null after a signal. */
interface Process {
  readonly child: Child;
  readonly url: string;
  readonly exited: Promise<number | null>;
  readonly output: () => string;
  readonly errors: () => string;
}

const main = compiledModule(import.meta.url, '../../src/node/main.ts');
const started: Process[] = [];
let server: PairServer;
let database: PairDatabase;
let folder: string;
let systemFile: string;

beforeAll(async () => {
  server = await startPairServer();
  database = await server.open();
  folder = await mkdtemp(join(tmpdir(), 'onesend-process-'));
  systemFile = join(folder, 'system.mjs');
  await writeFile(systemFile, SYSTEM);
});
afterEach(() => {
  for (const { child } of started.splice(0)) child.kill('SIGKILL');
});
afterAll(async () => {
  await database.close();
  await server.close();
  await rm(folder, { recursive: true });
});

async function start(overrides: { environment?: Record<string, string>; arguments?: string[] } = {}): Promise<Process> {
  const port = await freePort();
  const child = spawn(
    process.execPath,
    [main, ...(overrides.arguments ?? ['--role', 'service', '--system', systemFile])],
    {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: {
        DATABASE_URL: database.url('service'),
        PORT: String(port),
        SERVICE_URL: 'http://127.0.0.1:1',
        PROVIDER_URL: 'http://127.0.0.1:2',
        ...overrides.environment,
      },
    },
  );
  let [output, errors] = ['', ''];
  child.stdout.on('data', (bytes: Buffer) => (output += bytes.toString()));
  child.stderr.on('data', (bytes: Buffer) => (errors += bytes.toString()));
  const exited = once(child, 'close').then(([code]) => code as number | null);
  const running = { child, url: `http://127.0.0.1:${port}`, exited, output: () => output, errors: () => errors };
  started.push(running);
  return running;
}

async function ready(overrides?: Parameters<typeof start>[0]): Promise<Process> {
  const running = await start(overrides);
  while (running.child.exitCode === null) {
    const response = await fetch(`${running.url}/healthz`).catch(() => undefined);
    if (response?.status === 200) return running;
    await sleep(50);
  }
  throw new Error(`expected the process to serve: ${running.output()}${running.errors()}`);
}

describe('a process', () => {
  test('a process passes every method and path to the application in its role', async () => {
    const { url } = await ready();
    const response = await fetch(`${url}/v1/batches?x=1`, {
      method: 'POST',
      body: '{"a":1}',
      headers: { 'X-One': 'two' },
    });
    expect(response.status).toBe(201);
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(await response.json()).toMatchObject({
      role: 'service',
      request: { method: 'POST', path: '/v1/batches?x=1', body: '{"a":1}', headers: { 'x-one': 'two' } },
    });
    expect((await fetch(`${url}/any`, { method: 'DELETE' })).status).toBe(201);
    expect(await (await fetch(`${url}/rows`)).json()).toEqual({ kind: 'committed', value: [] });
  });

  test('a process answers 500 when the application rejects, logs it, and keeps running', async () => {
    const { url, output } = await ready({
      arguments: ['--role', 'legacy', '--system', pathToFileURL(systemFile).href],
    });
    const response = await fetch(`${url}/reject`, { method: 'POST' });
    expect([response.status, await response.json()]).toEqual([500, { error: 'internal error' }]);
    expect((await fetch(`${url}/`)).status).toBe(201);
    expect(output()).toContain('REQUEST_FAILED: POST /reject: rejected\\nby hand\n');
  });

  test('a process logs the rejection of spawned work, and keeps running', async () => {
    const { url, output } = await ready();
    await fetch(`${url}/spawn`);
    expect((await fetch(`${url}/`)).status).toBe(201);
    expect(output()).toContain('UNHANDLED_REJECTION: background: not awaited\n');
  });

  test('a process notifies the application when a caller leaves before its answer, and only then', async () => {
    const { url, output } = await ready();
    await fetch(`${url}/answered`);
    const impatient = new AbortController();
    const abandoned = fetch(`${url}/left`, { signal: impatient.signal }).catch(() => undefined);
    await expect.poll(output).toContain('BEGUN: /left');
    impatient.abort();
    await abandoned;
    await expect.poll(output).toContain('GONE: /left');
    expect(output().match(/^GONE: .*$/gm)).toEqual(['GONE: /left true']);
  });

  test('a process is not healthy while its database does not answer', async () => {
    const nowhere = new URL(database.url('service'));
    nowhere.port = '1';
    const { url } = await start({ environment: { DATABASE_URL: nowhere.href } });
    let status: number | undefined;
    while (status === undefined) {
      await sleep(50);
      status = (await fetch(`${url}/healthz`).catch(() => undefined))?.status;
    }
    expect(status).toBe(503);
  });
});

describe('a process ends', () => {
  test('a process ends when its standard input is closed', async () => {
    const { child, exited } = await ready();
    child.stdin.end();
    expect(await exited).toBe(0);
  });

  test('a process ends on SIGTERM, after the request under way', async () => {
    const { child, exited, output, url } = await ready();
    const response = fetch(`${url}/slow`);
    await expect.poll(output).toContain('BEGUN: /slow');
    child.kill('SIGTERM');
    expect((await response).status).toBe(201);
    expect(await exited).toBe(0);
  });

  test('a process ends with one line on an uncaught exception', async () => {
    const { exited, errors, url } = await ready();
    await fetch(`${url}/crash`).catch(() => undefined);
    expect(await exited).toBe(1);
    expect(errors()).toBe('CRASH: out of hand\n');
  });

  test.each<[string, Parameters<typeof start>[0], RegExp]>([
    ['a bad number', { environment: { SEND_BUDGET_MS: 'soon' } }, /SEND_BUDGET_MS: expected .*, received "soon"/],
    ['a missing address', { environment: { SERVICE_URL: '' } }, /SERVICE_URL: expected .*, received nothing/],
    ['a role that does not exist', { arguments: ['--role', 'both', '--system', 'x.js'] }, /--role: expected .* both/],
    ['no system', { arguments: ['--role', 'legacy'] }, /--system: expected/],
    ['a flag that does not exist', { arguments: ['--rule', 'legacy'] }, /--rule/],
  ])('a process ends with code 2 and one line for %s', async (_title, overrides, line) => {
    const { exited, errors } = await start(overrides);
    expect(await exited).toBe(2);
    expect(errors()).toMatch(line);
    expect(errors().trimEnd().split('\n')).toHaveLength(1);
  });

  test('a process ends with one line for a port that is in use', async () => {
    const { url } = await ready();
    const { exited, errors } = await start({ environment: { PORT: new URL(url).port } });
    expect(await exited).toBe(1);
    expect(errors()).toMatch(/^START_FAILED: .*EADDRINUSE.*\n$/);
  });
});
