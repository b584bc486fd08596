// Waits until a system's queues are empty: a message that still waits in a queue is neither lost nor late.
import { setTimeout as sleep } from 'node:timers/promises';
import { SystemDescriptionError } from '../platform/errors.ts';
import { valueOf } from './named-parameters.ts';
import type { Slot } from './slot.ts';

/** How long the rig waits. After that the run is judged although a queue is not empty. */
const PATIENCE_MS = 15_000;
const LOOK_EVERY_MS = 50;

/** Returns once each statement of `atRest` has returned 0, or after `PATIENCE_MS`. The result is true if it had to wait. */
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

/** The sum of what all statements of `atRest` count. */
export async function leftToDo(slot: Slot): Promise<number> {
  let left = 0;
  for (const statement of slot.description.atRest) left += await count(slot, statement);
  return left;
}

async function count({ database }: Slot, statement: string): Promise<number> {
  const value = await valueOf(database, [statement]);
  const number = value === null || value === '' ? Number.NaN : Number(value);
  if (!Number.isNaN(number)) return number;
  throw new SystemDescriptionError(`expected a number from a statement of atRest, received ${JSON.stringify(value)}`, {
    hint: 'write a statement such as SELECT count(*) FROM jobs',
  });
}
