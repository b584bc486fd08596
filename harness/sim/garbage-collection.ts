// How V8 keeps the memory of runs. A run is forgotten whole, so its objects should stay where forgetting them costs nothing.
import { setFlagsFromString } from 'node:v8';

/** The young generation of a thread that makes runs, in megabytes: in a small one much of a run would be copied for nothing. */
export const YOUNG_GENERATION_MB = 64;

/** One of the three semi-spaces that V8 makes of it, in megabytes. */
export const SEMI_SPACE_MB = Math.floor(YOUNG_GENERATION_MB / 3);

/**
 * Tunes the heap of this process. Pretenuring is off: V8 allocated a few kinds of per-run objects in old space, and each dead one kept
 * what it pointed to until the next full collection, a tenth of all memory of the runs and a quarter of their time. And each thread
 * collects its own young generation: helpers would take time from the other threads, which have runs to make.
 */
export function tuneHeap(): void {
  setFlagsFromString('--no-allocation-site-pretenuring');
  setFlagsFromString('--no-parallel-scavenge');
}
