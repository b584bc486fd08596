// A reader that has gone away, as in `onesend certify | head`, must not cost the run.

/** Lets this process go on when nobody reads what it prints any more. */
export function outliveReaders(): void {
  process.stdout.on('error', ignoreClosedPipe);
  process.stderr.on('error', ignoreClosedPipe);
}

function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}
