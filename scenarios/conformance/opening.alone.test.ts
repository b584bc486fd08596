// Opening a live lane fails early: once one slot fails or the opening is interrupted, no further systems start.
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeAssembly } from '../../harness/adapters/assembly.ts';
import type { SystemDescription } from '../../harness/formats/system-description.ts';
import { openLiveLane } from '../../harness/live/lane.ts';
import { system as reference } from '../../src/reference.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'onesend-lane-test-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The reference with a legacy app that records each start in a file. The path of the file in its environment marks its processes. */
function noting(file: string): SystemDescription {
  const described = describeAssembly(reference);
  const { legacy } = described.processes;
  const noteStart = 'echo started >> "$NOTES"; exec "$0" "$@"';
  return {
    ...described,
    processes: {
      ...described.processes,
      legacy: {
        ...legacy,
        command: '/bin/sh',
        arguments: ['-c', noteStart, legacy.command, ...legacy.arguments],
        environment: { ...legacy.environment, NOTES: file },
      },
    },
  };
}

async function startsIn(file: string): Promise<number> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return text.split('\n').filter((line) => line !== '').length;
}

/** The processes that run with this text in their environment. */
async function runningWith(text: string): Promise<string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const environments = await Promise.all(
    pids.map(async (pid) => ({ pid, environ: await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '') })),
  );
  return environments.filter(({ environ }) => environ.includes(text)).map(({ pid }) => pid);
}

const SLOTS = 8;

test('a slot whose systems do not start keeps the other slots from starting theirs', async () => {
  const file = join(folder, 'failing');
  const described = noting(file);
  const service = { ...described.processes.service, command: process.execPath, arguments: ['-e', 'process.exit(3)'] };
  const description = { ...described, processes: { ...described.processes, service } };
  await expect(openLiveLane({ description, slots: SLOTS, infrastructure: 'embedded' })).rejects.toThrow(
    /reference service to answer .+ but it exited with code 3/,
  );
  expect(await startsIn(file)).toBeLessThan(SLOTS);
  expect(await runningWith(file)).toEqual([]);
}, 60_000);

test('no system is started once the opening has been interrupted', async () => {
  const file = join(folder, 'interrupted');
  const interruption = new AbortController();
  const opening = openLiveLane({
    description: noting(file),
    slots: SLOTS,
    infrastructure: 'embedded',
    signal: interruption.signal,
  });
  const end = opening.then(
    () => 'it opened',
    (error: unknown) => String(error),
  );
  await expect.poll(() => startsIn(file), { timeout: 30_000 }).toBeGreaterThan(0);
  interruption.abort();
  expect(await end).toContain('interrupted before anything ran');
  // A slot that still waited for its turn would have started by now.
  await sleep(2_000);
  const starts = await startsIn(file);
  expect(starts).toBeLessThan(SLOTS);
  expect(await runningWith(file)).toEqual([]);
}, 60_000);
