// reset_peer: the first chunk or the end of data is swallowed and, `timeout` ms later, both sides are reset.
import { type Behaviour, take, waitRegardless } from '../behaviour.ts';
import { defineToxic } from '../toxic-kind.ts';

function* reset({ timeout: timeoutMs }: { timeout: number }): Behaviour {
  const next = yield* take();
  if (next === 'interrupted') return next;
  yield* waitRegardless(timeoutMs);
  return 'end';
}

/** Resets both sides; a link that was open before it came ends with a FIN instead. */
export const resetPeer = defineToxic({ attributes: ['timeout'], resetsOnClose: true, run: reset });
