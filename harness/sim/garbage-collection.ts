// Where the memory of a run lies. All that a run makes is forgotten with it, so it should stay where forgetting costs nothing.
import { setFlagsFromString } from 'node:v8';

/** The young generation of whoever explores, in megabytes: in a small one much of a run would be carried along for nothing. */
export const NURSERY_MB = 64;

/** One of the three semi-spaces that V8 makes of it, in megabytes. */
export const SEMI_SPACE_MB = Math.floor(NURSERY_MB / 3);

/**
 * Settles for this process how V8 keeps what runs make. It makes no objects old at birth: it would do so for kinds of which many survived
 * once, and one old object that is dead keeps whatever it points to until the next full collection, a tenth of all runs' memory and a
 * quarter of their time. And each thread collects its own nursery: helpers would take the time of the other threads, which have runs to
 * make.
 */
export function settleNursery(): void {
  setFlagsFromString('--no-allocation-site-pretenuring');
  setFlagsFromString('--no-parallel-scavenge');
}
