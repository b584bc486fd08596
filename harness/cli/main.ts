#!/usr/bin/env node
// The command onesend. It loads everything inside a try, because Node's own exit code for a failure is 1, which is that of a violation.

try {
  const { start } = await import('./start.ts');
  await start();
} catch (error) {
  endAfterFailedLoad(error);
}

/** Reports an error of loading without the code of Onesend: of the machine, of an incomplete installation, or of a wrong module. */
function endAfterFailedLoad(error: unknown): void {
  const [message = ''] = String(error instanceof Error ? error.message : error).split('\n');
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const isOfMachine = /^E[A-Z]+$|MODULE_NOT_FOUND$/.test(code);
  const hint = code.endsWith('FILE') ? 'allow more open files: ulimit -n 4096' : 'is the installation complete? npm ci';
  const line = isOfMachine
    ? `ONESEND_INFRASTRUCTURE: onesend could not be loaded: ${message} (${hint})`
    : `Onesend made a mistake; do not trust this run.\n${String(error)}`;
  try {
    process.stderr.write(`${line}\n`);
  } finally {
    // `git bisect run` takes 4 and 5 as a bad commit, and 125 as one to skip.
    process.exit(process.argv.includes('--bisect') ? 125 : isOfMachine ? 4 : 5);
  }
}
