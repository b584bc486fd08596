import { expect, test } from 'vitest';
import { watched } from './disturbed.ts';
import { rigMicros } from './observers/clock.ts';
import { STALL_MICROS_MAX } from './observers/stall-meter.ts';

const none = { leaders: () => [] };
const slot = { processes: { legacy: none, service: none } };

test('work is disturbed if this thread stalls meanwhile', async () => {
  const { result, wasDisturbed } = await watched(slot, async () => {
    const untilMicros = rigMicros() + 2 * STALL_MICROS_MAX;
    await Promise.resolve();
    while (rigMicros() < untilMicros);
    return 'done';
  });
  expect({ result, wasDisturbed }).toEqual({ result: 'done', wasDisturbed: true });
});

test('work that ends at once is not disturbed', async () => {
  expect(await watched(slot, () => Promise.resolve('done'))).toEqual({ result: 'done', wasDisturbed: false });
});
