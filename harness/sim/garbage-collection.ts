// The settings of V8's garbage collector for runs. All objects of a run are garbage when it ends, so they should stay in the young
// generation, whose collection costs nothing for dead objects.
import { setFlagsFromString } from 'node:v8';

/** The size of an explorer's young generation, in megabytes: with a smaller one, collections would copy much of the runs under way. */
export const YOUNG_GENERATION_MB = 64;

/** The size of one of the three semi-spaces into which V8 divides the young generation, in megabytes. */
export const SEMI_SPACE_MB = Math.floor(YOUNG_GENERATION_MB / 3);

/**
 * Sets V8's flags for this process. Pretenuring is off: V8 allocated per-run objects in old space, where a dead object keeps everything
 * that it references alive until the next full collection. That took a tenth of the memory of all runs and a quarter of their time.
 * Scavenges run on the thread itself: helper threads would take processor time from the other threads, which also make runs.
 */
export function tuneHeap(): void {
  setFlagsFromString('--no-allocation-site-pretenuring');
  setFlagsFromString('--no-parallel-scavenge');
}
