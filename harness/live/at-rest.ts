// Waits until a system says that nothing is left to be done: what waits in a queue is neither lost nor late.
import { setTimeout as sleep } from 'node:timers/promises';
import { SystemDescriptionError } from '../platform/errors.ts';
import { valueOf } from './named-parameters.ts';
import type { Slot } from './slot.ts';

/** A queue that is not empty after so long is judged as it is. */
const PATIENCE_MS = 15_000;
const LOOK_EVERY_MS = 50;

/** Returns once each statement of `atRest` answers 0, or the patience is over; true if it had to wait for that. */
export async function untilAtRest(slot: Slot): Promise<boolean> {
  const { atRest } = slot.description;
  const until = performance.now() + PATIENCE_MS;
  let hasWaited = false;
  for (const statement of atRest) {
    while ((await count(slot, statement)) > 0 && performance.now() < until) {
      hasWaited = true;
      await sleep(LOOK_EVERY_MS);
    }
  }
  return hasWaited;
}

/** What all statements of `atRest` count together. */
export async function leftToDo(slot: Slot): Promise<number> {
  let left = 0;
  for (const statement of slot.description.atRest) left += await count(slot, statement);
  return left;
}

async function count({ database }: Slot, statement: string): Promise<number> {
  const value = await valueOf(database, [statement]);
  const number = value === null || value === '' ? Number.NaN : Number(value);
  if (!Number.isNaN(number)) return number;
  throw new SystemDescriptionError(`expected a statement of atRest to count, it answered ${JSON.stringify(value)}`, {
    hint: 'let it be as SELECT count(*) FROM jobs',
  });
}
