import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parseRunEvents, type RunEvent } from '../formats/run-event.ts';
import type { Progress } from '../runner/search.ts';
import { RunEvents } from './run-events.ts';

let folder: string;
let nowMs: number;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'onesend-events-'));
  nowMs = 1_000;
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const opened = (file: string): RunEvents => new RunEvents(join(folder, file), () => nowMs);
const written = async (): Promise<RunEvent[]> =>
  parseRunEvents(await readFile(join(folder, 'events'), 'utf8'), 'events');

function progressAt(elapsedMs: number): Progress {
  return { phase: 'search', lane: 'sim', done: elapsedMs, planned: 20_000, violations: 0, elapsedMs };
}

test('progress events are written at most once in five seconds', async () => {
  const { onProgress } = opened('events').begin('sim');
  for (let elapsedMs = 0; elapsedMs <= 12_000; elapsedMs += 500) {
    nowMs = 1_000 + elapsedMs;
    onProgress(progressAt(elapsedMs));
  }
  const lines = await written();
  expect(lines.map(({ kind, atMs }) => [kind, atMs])).toEqual([
    ['lane', 0],
    ['progress', 0],
    ['progress', 5_000],
    ['progress', 10_000],
  ]);
});

test('each event is in the file as soon as it is appended, and a reader skips a last event that was cut off', async () => {
  const events = opened('events');
  events.append({ kind: 'lane', lane: 'live' });
  expect(await written()).toEqual([{ format: 'onesend.run-event/1', atMs: 0, kind: 'lane', lane: 'live' }]);
  const whole = await readFile(join(folder, 'events'), 'utf8');
  expect(parseRunEvents(`${whole}{"format":"onesend.run-ev`, 'events')).toHaveLength(1);
  expect(() => parseRunEvents(`${whole}{}\n`, 'events')).toThrow('events:2: expected format onesend.run-event/1');
});

test('an event file that cannot be written does not end the run, and is named when its path is requested', () => {
  const events = opened('nowhere/events');
  events.append({ kind: 'lane', lane: 'live' });
  expect(() => events.path()).toThrow(/nowhere.events could not be written: ENOENT/);
  expect(opened('events').path()).toBe(join(folder, 'events'));
});
