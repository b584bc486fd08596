// latency: passes each chunk on `latency` +- `jitter` ms after it was received. Delays overlap: ten chunks that arrive together are delayed
// only once.
import { type Behaviour, send, take, wait } from '../behaviour.ts';
import { nowMs } from '../timer.ts';
import { defineToxic } from '../toxic-kind.ts';

function delayMs(settings: { latency: number; jitter: number }): number {
  if (settings.jitter <= 0) return settings.latency;
  return settings.latency - settings.jitter + Math.floor(Math.random() * settings.jitter * 2);
}

function* delay(settings: { latency: number; jitter: number }): Behaviour {
  for (;;) {
    const next = yield* take();
    if (typeof next === 'string') return next;
    const remainingMs = delayMs(settings) - (nowMs() - next.receivedAtMs);
    const outcome = yield* wait(remainingMs);
    if (outcome === 'elapsed') next.receivedAtMs += remainingMs;
    yield* send(next);
    if (outcome === 'interrupted') return outcome;
  }
}

/** Delays data, but neither the connect nor an end without data before it. */
export const latency = defineToxic({ attributes: ['latency', 'jitter'], queueLength: 1024, run: delay });
