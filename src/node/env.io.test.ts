// The Env of a real process: its timers, its spawned work and its log.
import { expect, test } from 'vitest';
import { TIMED_OUT } from '../contract/env.ts';
import { DEFAULT_TIMINGS } from '../contract/settings.ts';
import { createNodeEnv } from './env.ts';

const lines: string[] = [];
const env = createNodeEnv({
  settings: { ...DEFAULT_TIMINGS, serviceUrl: 'http://127.0.0.1:1', providerUrl: 'http://127.0.0.1:2' },
  http: { post: () => Promise.reject(new Error('not used')) },
  store: { transaction: () => Promise.reject(new Error('not used')) },
  writeLine: (line) => lines.push(line),
});

test('the clock counts whole microseconds and never runs back', () => {
  const before = env.now();
  expect(Number.isSafeInteger(before)).toBe(true);
  expect(env.now()).toBeGreaterThanOrEqual(before);
});

test('a sleep never ends early', async () => {
  const sleeps = Array.from({ length: 40 }, async (_, index) => {
    const startedMicros = env.now();
    await env.sleep(index / 4);
    return env.now() - startedMicros - index * 250;
  });
  for (const excessMicros of await Promise.all(sleeps)) expect(excessMicros).toBeGreaterThanOrEqual(0);
});

test('a time limit ends the wait for work that does not end', async () => {
  const startedMicros = env.now();
  expect(await env.within(15, new Promise(() => {}))).toBe(TIMED_OUT);
  expect(env.now() - startedMicros).toBeGreaterThanOrEqual(15_000);
});

test('a time limit has no effect on work that resolves or rejects in time', async () => {
  expect(await env.within(10_000, Promise.resolve('done'))).toBe('done');
  await expect(env.within(10_000, Promise.reject(new Error('failed')))).rejects.toThrow('failed');
});

test('work that fails after its time limit leaves no unhandled rejection behind', async () => {
  const work = env.sleep(20).then(() => Promise.reject(new Error('too late')));
  expect(await env.within(1, work)).toBe(TIMED_OUT);
  await env.sleep(40);
});

test('a spawned task that fails logs one line with its name', async () => {
  lines.length = 0;
  env.spawn('late settlement', () => Promise.reject(new Error('no\nsuch row')));
  env.spawn('sudden', () => {
    throw new Error('at once');
  });
  await env.sleep(1);
  expect(lines.toSorted()).toEqual([
    'UNHANDLED_REJECTION: late settlement: no\\nsuch row',
    'UNHANDLED_REJECTION: sudden: at once',
  ]);
});

test('a spawned task begins after its caller has gone on', () => {
  let begun = false;
  env.spawn('later', () => {
    begun = true;
    return Promise.resolve();
  });
  expect(begun).toBe(false);
});

test('a log entry is one line', () => {
  lines.length = 0;
  env.log('first\r\nsecond');
  expect(lines).toEqual(['first\\nsecond']);
});

test('uuids are of version 4 and differ', () => {
  expect(env.uuid()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(env.uuid()).not.toBe(env.uuid());
});
