// Tests alarms against the clock.
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { Alarm, nowMs } from './timer.ts';

test('an alarm never rings early', async () => {
  const early = await Promise.all(
    Array.from({ length: 500 }, async (_, index) => {
      const delayMs = 1 + (index % 40) + index / 500;
      await sleep(index % 7);
      const startedAtMs = nowMs();
      await new Promise<void>((resolve) => void new Alarm(delayMs, resolve));
      return nowMs() - startedAtMs < delayMs;
    }),
  );
  expect(early.filter(Boolean)).toEqual([]);
});

test('a cancelled alarm, one beyond the longest timer and an infinite one do not ring', async () => {
  let rings = 0;
  let warnings = 0;
  const onWarning = () => (warnings += 1);
  process.on('warning', onWarning);
  const alarms = [5, 1e12, Infinity].map((delayMs) => new Alarm(delayMs, () => (rings += 1)));
  alarms[0]?.cancel();
  await sleep(30);
  for (const alarm of alarms) alarm.cancel();
  process.off('warning', onWarning);
  expect({ rings, warnings }).toEqual({ rings: 0, warnings: 0 });
});

test('an alarm that is cancelled in its last millisecond does not ring', async () => {
  const late = await Promise.all(
    Array.from({ length: 300 }, async (_, index) => {
      let isCancelled = false;
      let rangLate = false;
      const alarm = new Alarm(20 + index / 300, () => (rangLate = isCancelled));
      await sleep(20);
      alarm.cancel();
      isCancelled = true;
      await sleep(10);
      return rangLate;
    }),
  );
  expect(late.filter(Boolean)).toEqual([]);
});
