// slicer: cuts chunks into pieces of about `average_size` +- `size_variation` bytes with `delay` microseconds after each.
import { type Behaviour, send, take, wait } from '../behaviour.ts';
import { nowMs } from '../timer.ts';
import { defineToxic } from '../toxic-kind.ts';

// The shortest delay of a timer. Shorter delays add up until they reach it.
const SHORTEST_SLEEP_MS = 1;

/** The offsets at which the pieces of `bytes` bytes end, in order. Sizes with which the halving would never end are clamped. */
export function cutOffsets(bytes: number, sizes: { average: number; variation: number }): number[] {
  const average = Math.max(1, sizes.average);
  const variation = Math.min(Math.max(0, sizes.variation), average);
  const offsets: number[] = [];
  const cut = (start: number, end: number): void => {
    if (end - start - average <= variation) {
      if (end > start) offsets.push(end);
      return;
    }
    const jitter = variation > 0 ? Math.floor(Math.random() * variation * 2) - variation : 0;
    const middle = start + Math.floor((end - start) / 2) + jitter;
    // A cut at the start would leave the piece whole: draw again.
    if (middle <= start) return cut(start, end);
    cut(start, middle);
    cut(middle, end);
  };
  cut(0, bytes);
  return offsets;
}

function* slice(settings: { average_size: number; size_variation: number; delay: number }): Behaviour {
  const sizes = { average: settings.average_size, variation: settings.size_variation };
  const delayMs = Math.max(0, settings.delay) / 1000;
  let dueAtMs = 0;
  for (;;) {
    const next = yield* take();
    if (typeof next === 'string') return next;
    dueAtMs = Math.max(dueAtMs, nowMs());
    let start = 0;
    for (const end of cutOffsets(next.data.length, sizes)) {
      yield* send({ ...next, data: next.data.subarray(start, end) });
      start = end;
      dueAtMs += delayMs;
      const remainingMs = dueAtMs - nowMs();
      if (remainingMs < SHORTEST_SLEEP_MS || (yield* wait(remainingMs)) === 'elapsed') continue;
      if (start < next.data.length) yield* send({ ...next, data: next.data.subarray(start) });
      return 'interrupted';
    }
  }
}

/** Cuts data into small pieces. */
export const slicer = defineToxic({ attributes: ['average_size', 'size_variation', 'delay'], run: slice });
