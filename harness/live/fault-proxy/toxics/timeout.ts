// timeout: drops all data and closes the connection after `timeout` ms without data; with zero the connection hangs until the toxic is
// removed.
import { type Behaviour, takeWithin } from '../behaviour.ts';
import { defineToxic } from '../toxic-kind.ts';

function* swallow({ timeout: timeoutMs }: { timeout: number }): Behaviour {
  for (;;) {
    const next = yield* takeWithin(timeoutMs > 0 ? timeoutMs : Infinity);
    if (next === 'elapsed') return 'end';
    if (typeof next === 'string') return next;
  }
}

/** Drops data. The connection has lost bytes for good, so removing the toxic closes it. */
export const timeout = defineToxic({ attributes: ['timeout'], closesOnRemoval: true, run: swallow });
