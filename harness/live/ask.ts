// Asks a system for a round of recovery or for its reconciliation, by the action that its description names.
import { countsIn, mismatchesIn } from '../execution/mapped-answers.ts';
import type { UserAnswer } from '../execution/user.ts';
import type { Action } from '../formats/action.ts';
import type { MismatchMapping } from '../formats/answer-mapping.ts';
import { InfrastructureError } from '../platform/errors.ts';
import { outputOf } from './actions.ts';
import { rigMicros } from './observers/clock.ts';
import type { Slot } from './slot.ts';

type Output = Awaited<ReturnType<typeof outputOf>>;

/** Asks for one round of recovery; undefined if the description names no `recover` action. */
export async function askForRecovery(slot: Slot): Promise<UserAnswer | undefined> {
  const { recover } = slot.description;
  return recover && ask(slot, recover, ({ text }) => countsIn(text, recover.counts));
}

/** Asks for the mismatches between the two logs; undefined if the description names no `reconcile` action. */
export async function askForMismatches(slot: Slot): Promise<UserAnswer | undefined> {
  const { reconcile } = slot.description;
  return (
    reconcile &&
    ask(slot, reconcile, ({ text, exitCode = 0 }) => {
      // The exit code reports mismatches, but no line names one: the command failed for another reason.
      if (exitCode !== 0 && mismatchesIn(text, ofAllKinds(reconcile.mismatches)) === NONE) return undefined;
      return mismatchesIn(text, reconcile.mismatches);
    })
  );
}

const NONE = '[]';

/** The same mapping without `kinds`, so that it also counts kinds of mismatch that `kinds` leaves out. */
function ofAllKinds(mapping: MismatchMapping | undefined): MismatchMapping | undefined {
  return mapping !== undefined && 'kinds' in mapping ? { ...mapping, kinds: {} } : mapping;
}

/**
 * Performs the action and reads its output. If the action failed or its output is unreadable, the answer has the status null: a fault can
 * be the reason, and checkers judge what a missing answer means.
 */
async function ask(slot: Slot, action: Action, read: (output: Output) => string | undefined): Promise<UserAnswer> {
  const startedMicros = rigMicros();
  const output = await outputOf(slot, action).catch((error: unknown) => {
    if (error instanceof InfrastructureError) return undefined;
    throw error;
  });
  const body = output && read(output);
  return { status: body === undefined ? null : 200, body: body ?? '', startedMicros, endedMicros: rigMicros() };
}
