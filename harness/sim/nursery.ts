// Where the memory of a run lies. All that a run makes is forgotten with it, so it should stay where forgetting costs nothing.
import { setFlagsFromString } from 'node:v8';

/** The young generation of whoever explores, in megabytes: in a small one much of a run would be carried along for nothing. */
export const NURSERY_MB = 64;

/** One of the three semi-spaces that V8 makes of it, in megabytes. */
export const SEMI_SPACE_MB = Math.floor(NURSERY_MB / 3);

/**
 * Keeps V8 from making objects old at birth. It does so for kinds of which many survived once, and one old object that is dead keeps
 * whatever it points to until the next full collection: a tenth of all runs' memory, and a quarter of their time. Holds for the process.
 */
export function keepRunsYoung(): void {
  setFlagsFromString('--no-allocation-site-pretenuring');
}

/** Lets each thread collect its own nursery: helpers would take the time of the other threads, which have runs to make. */
export function collectAlone(): void {
  setFlagsFromString('--no-parallel-scavenge');
}
