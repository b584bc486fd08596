// A worker thread that serves calls, for tests: it divides, at once or after a delay.
import { setTimeout as sleep } from 'node:timers/promises';
import { UsageError } from './errors.ts';
import { serveCalls } from './worker-calls.ts';

/** A call of the thread. A dividend that is not finite ends the thread. */
export interface Division {
  readonly dividend: number;
  readonly divisor: number;
  readonly afterMs?: number;
}

const send = serveCalls<Division, number, string>(async ({ dividend, divisor, afterMs = 0 }) => {
  if (!Number.isFinite(dividend)) process.exit(7);
  if (divisor === 0) throw new UsageError('division by zero', { hint: 'divide by one' });
  if (divisor < 0) throw new RangeError('negative');
  await sleep(afterMs);
  send(`${dividend} / ${divisor}`);
  return dividend / divisor;
});
