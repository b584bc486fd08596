// Set-up of the test suites on containers: prints once, above their report, why they are skipped.
import { whySkipContainers } from './why-skip.ts';

/** Prints one line when the suites cannot run here. */
export async function setup(): Promise<void> {
  const reason = await whySkipContainers();
  if (reason !== undefined) process.stderr.write(`containers: skipped: ${reason}\n`);
}
