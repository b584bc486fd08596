// timeout: swallows all data and closes after `timeout` ms of silence; with zero the connection hangs until the toxic goes.
import { type Behaviour, takeWithin } from '../behaviour.ts';
import { defineToxic } from '../toxic-kind.ts';

function* swallow({ timeout: timeoutMs }: { timeout: number }): Behaviour {
  for (;;) {
    const next = yield* takeWithin(timeoutMs > 0 ? timeoutMs : Infinity);
    if (next === 'elapsed') return 'end';
    if (typeof next === 'string') return next;
  }
}

/** Drops data; what was dropped cannot be made good, so removing it closes the connection. */
export const timeout = defineToxic({ attributes: ['timeout'], closesOnRemoval: true, run: swallow });
