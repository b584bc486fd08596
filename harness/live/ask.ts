// Asks a system for a round of recovery or for its reconciliation, in the way that its description says.
import { countsIn, mismatchesIn } from '../execution/mapped-answers.ts';
import type { UserAnswer } from '../execution/user.ts';
import type { Action } from '../formats/action.ts';
import { InfrastructureError } from '../platform/errors.ts';
import { performAction } from './actions.ts';
import { rigMicros } from './observers/clock.ts';
import type { Slot } from './slot.ts';

/** Asks for one round of recovery; undefined of a system without it. */
export async function askForRecovery(slot: Slot): Promise<UserAnswer | undefined> {
  const { recover } = slot.description;
  return recover && ask(slot, recover, (output) => countsIn(output, recover.counts));
}

/** Asks for the mismatches between the two logs; undefined of a system without a reconciliation. */
export async function askForMismatches(slot: Slot): Promise<UserAnswer | undefined> {
  const { reconcile } = slot.description;
  return reconcile && ask(slot, reconcile, (output) => mismatchesIn(output, reconcile.mismatches));
}

/** What cannot be read is no answer; a fault may have kept it away, and checkers say what that means. */
async function ask(slot: Slot, action: Action, read: (output: string) => string | undefined): Promise<UserAnswer> {
  const startedMicros = rigMicros();
  const output = await performAction(slot, action).catch((error: unknown) => {
    if (error instanceof InfrastructureError) return '';
    throw error;
  });
  const body = read(output);
  return { status: body === undefined ? null : 200, body: body ?? '', startedMicros, endedMicros: rigMicros() };
}
