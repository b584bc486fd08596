// latency: every chunk leaves `latency` +- `jitter` ms after it was received. Delays overlap: ten chunks at once are late once.
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

/** Delays data, not the connect and not a bare end. */
export const latency = defineToxic({ attributes: ['latency', 'jitter'], queueLength: 1024, run: delay });
