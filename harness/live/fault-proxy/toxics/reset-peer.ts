// reset_peer: drops the first chunk or the end of the data and, `timeout` ms later, resets both sides.
import { type Behaviour, take, waitRegardless } from '../behaviour.ts';
import { defineToxic } from '../toxic-kind.ts';

function* reset({ timeout: timeoutMs }: { timeout: number }): Behaviour {
  const next = yield* take();
  if (next === 'interrupted') return next;
  yield* waitRegardless(timeoutMs);
  return 'end';
}

/** Resets both sides. A link that was opened before the toxic was added ends with a FIN instead. */
export const resetPeer = defineToxic({ attributes: ['timeout'], resetsOnClose: true, run: reset });
