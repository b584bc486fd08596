// How V8 keeps the memory of runs. A run's objects are garbage when it ends, so they should stay in the young generation, whose collection
// costs nothing for dead objects.
import { setFlagsFromString } from 'node:v8';

/** The young generation of an explorer, in megabytes: in a smaller one collections would copy much of the runs under way. */
export const YOUNG_GENERATION_MB = 64;

/** One of the three semi-spaces that V8 makes of it, in megabytes. */
export const SEMI_SPACE_MB = Math.floor(YOUNG_GENERATION_MB / 3);

/**
 * Sets V8's flags for this process. Pretenuring is off: V8 allocated kinds of objects of which many had survived once in old space, and
 * one dead object there keeps all that it points to until the next full collection, which cost a tenth of all runs' memory and a quarter
 * of their time. Scavenges run on the thread itself: helpers would take time from the other threads, which also make runs.
 */
export function tuneHeap(): void {
  setFlagsFromString('--no-allocation-site-pretenuring');
  setFlagsFromString('--no-parallel-scavenge');
}
