// What a process does when it is asked to end: it accepts no more requests, finishes what it has begun, and ends.
import { TIMED_OUT } from '../contract/env.ts';
import type { Context, Ending } from '../contract/parts.ts';

/** Waits at most `shutdownGraceMs`. Work that is unfinished then is left as if the process had been killed. */
export async function shutdown({ env }: Context, ending: Ending): Promise<void> {
  ending.stopAccepting();
  const finished = await env.within(env.settings.shutdownGraceMs, ending.untilIdle());
  if (finished === TIMED_OUT) env.log('SHUTDOWN_CUT_SHORT');
}
