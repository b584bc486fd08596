// How soon the code of a system and of the rig is compiled. An exploration of seconds spends much of its time before that.
import { setFlagsFromString } from 'node:v8';

/** How much bytecode V8 copies into a function that it optimizes; 920 unless told. */
const MOST_INLINED = 250;

/** How much bytecode a function runs through until V8 looks whether to optimize it; twice as much unless told. */
const PATIENCE_BYTES = 66_000;

/**
 * Has V8 optimize smaller pieces, and sooner. Runs are hundreds of functions none of which is hot, and the compiler's threads want the
 * cores that the workers run on: a small piece takes it half the time, for code that is a twentieth slower, and what is compiled by then
 * need not be interpreted. Holds for the process, from the next thread on.
 */
export function compileSmallPiecesSoon(): void {
  setFlagsFromString(`--max-inlined-bytecode-size-cumulative=${MOST_INLINED}`);
  setFlagsFromString(`--interrupt-budget=${PATIENCE_BYTES}`);
}
