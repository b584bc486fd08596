// Handles errors of stdout and stderr. A run goes on if the reader of stdout ends, as in `onesend certify | head`, or if stderr cannot be
// written; a result that stdout did not accept is reported.
import { setImmediate } from 'node:timers/promises';
import { codeOf } from '../platform/thrown.ts';

/** Knows whether stdout failed. */
export interface OutputWatch {
  /** The first error of stdout; undefined if there was none, or if its reader has ended (EPIPE). */
  lost(): Promise<Error | undefined>;
}

/** From now on, an error of stdout or stderr does not end this process. */
export function outliveReaders(): OutputWatch {
  let first: Error | undefined;
  process.stdout.on('error', (error) => {
    if (codeOf(error) !== 'EPIPE') first ??= error;
  });
  // stderr has only progress and notes.
  process.stderr.on('error', () => undefined);
  return {
    async lost() {
      // A stream emits its error after the write has returned.
      await setImmediate();
      return first;
    },
  };
}
