// bandwidth: passes at most `rate` thousand bytes per second on each connection. A rate of zero, or below (with which Toxiproxy crashes),
// holds all data until the toxic changes.
import { type Behaviour, type Part, send, take, wait } from '../behaviour.ts';
import type { Chunk } from '../chunk.ts';
import { nowMs } from '../timer.ts';
import { defineToxic } from '../toxic-kind.ts';

const SLICE_MS = 100;

function* throttle({ rate }: { rate: number }): Behaviour {
  // How much the data is ahead of its rate: positive if chunks left too early, negative if timers were late.
  let debtMs = 0;
  for (;;) {
    const next = yield* take();
    if (typeof next === 'string') return next;
    const paid = rate > 0 ? yield* pay(next, { rate, debtMs: debtMs + next.data.length / rate }) : yield* hold(next);
    if (paid === 'interrupted') return paid;
    debtMs = paid;
  }
}

function* pay(chunk: Chunk, price: { rate: number; debtMs: number }): Part<number | 'interrupted'> {
  const sliceBytes = price.rate * SLICE_MS;
  let { data } = chunk;
  let { debtMs } = price;
  while (data.length > sliceBytes) {
    if ((yield* wait(SLICE_MS)) === 'interrupted') return yield* release({ ...chunk, data });
    yield* send({ ...chunk, data: data.subarray(0, sliceBytes) });
    data = data.subarray(sliceBytes);
    debtMs -= SLICE_MS;
  }
  const startedAtMs = nowMs();
  if ((yield* wait(debtMs)) === 'interrupted') return yield* release({ ...chunk, data });
  debtMs -= nowMs() - startedAtMs;
  yield* send({ ...chunk, data });
  return debtMs;
}

function* hold(chunk: Chunk): Part<'interrupted'> {
  yield* wait(Infinity);
  return yield* release(chunk);
}

function* release(chunk: Chunk): Part<'interrupted'> {
  yield* send(chunk);
  return 'interrupted';
}

/** Limits the rate of one connection. */
export const bandwidth = defineToxic({ attributes: ['rate'], run: throttle });
