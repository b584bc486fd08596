import { mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { lockFolder } from './folder-lock.ts';

let folder: string;
let lock: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'onesend-lock-'));
  lock = join(folder, '.onesend-lock');
});
afterEach(async () => {
  vi.useRealTimers();
  await rm(folder, { recursive: true, force: true });
});

const LONG_AGO = new Date('2001-01-31T00:00:00Z');
const SINCE = '2026-11-30T17:00:00.000Z';

/** Writes a lock of this process, changed, as it would be if its owner had touched it just now. */
async function lockedBy(changed: Readonly<Record<string, unknown>>): Promise<void> {
  const unlock = await lockFolder(folder);
  const own = JSON.parse(await readFile(lock, 'utf8')) as object;
  await unlock();
  await writeFile(lock, JSON.stringify({ ...own, since: SINCE, ...changed }));
}

/** Locks and unlocks the folder, and returns the names of the files in it. */
async function filesAfterUse(): Promise<string[]> {
  const unlock = await lockFolder(folder);
  await unlock();
  return readdir(folder);
}

test.each([
  ['that has ended', { pid: 2 ** 22 + 1 }],
  ['whose pid another process has by now', { startTime: 'x' }],
])('an owner %s does not keep its folder', async (_case, changed) => {
  await lockedBy(changed);
  expect(await filesAfterUse()).toEqual([]);
});

test('an owner that died before it wrote its name does not keep its folder', async () => {
  await writeFile(lock, '{"pid":');
  expect(await filesAfterUse()).toEqual([]);
});

test('an owner that runs on this host keeps its folder, however long ago it touched its lock', async () => {
  await lockedBy({});
  await utimes(lock, LONG_AGO, LONG_AGO);
  await expect(lockFolder(folder)).rejects.toMatchObject({
    code: 'ONESEND_INFRASTRUCTURE',
    message: expect.stringContaining(`process ${process.pid} on host ${hostname()} since ${SINCE}`),
    hint: expect.not.stringContaining('remove'),
  });
});

test.each([
  ['on another host', { host: 'elsewhere.invalid' }],
  ['in another pid namespace of this host', { namespace: 'pid:[1]' }],
])('an owner %s keeps its folder while it touches its lock', async (_case, place) => {
  await lockedBy({ pid: 2 ** 22 + 1, host: hostname(), ...place });
  const { host = hostname() } = place as { host?: string };
  await expect(lockFolder(folder)).rejects.toMatchObject({
    code: 'ONESEND_INFRASTRUCTURE',
    message: expect.stringContaining(`process ${2 ** 22 + 1} on host ${host} since ${SINCE}`),
    hint: expect.stringContaining(`remove ${lock}`),
  });
  await utimes(lock, LONG_AGO, LONG_AGO);
  expect(await filesAfterUse()).toEqual([]);
});

test('an owner touches its lock while it runs, and leaves alone the lock of a run that has taken the folder since', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  const unlock = await lockFolder(folder);
  await utimes(lock, LONG_AGO, LONG_AGO);
  vi.advanceTimersByTime(10_000);
  await vi.waitUntil(async () => (await stat(lock)).mtime > LONG_AGO);
  await writeFile(lock, 'of another run');
  await unlock();
  expect(await readFile(lock, 'utf8')).toBe('of another run');
  expect(vi.getTimerCount()).toBe(0);
});
