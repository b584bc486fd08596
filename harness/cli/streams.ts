// stdout and stderr of this process. A reader that has gone away, as in `onesend certify | head`, and a stderr that takes nothing must not
// cost the run; a result that stdout did not accept is reported.
import { setImmediate } from 'node:timers/promises';
import { codeOf } from '../platform/thrown.ts';

/** What happened to the output of this process. */
export interface OutputWatch {
  /** Why stdout did not take something; undefined when it took everything, or when its reader has gone away and wants no more. */
  lost(): Promise<Error | undefined>;
}

/** Lets this process go on when a stream fails. */
export function outliveReaders(): OutputWatch {
  let first: Error | undefined;
  process.stdout.on('error', (error) => {
    if (codeOf(error) !== 'EPIPE') first ??= error;
  });
  // Nothing that is said there is worth a run.
  process.stderr.on('error', () => undefined);
  return {
    async lost() {
      // An error is reported after the write that met it.
      await setImmediate();
      return first;
    },
  };
}
