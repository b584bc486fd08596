// Asks a system for a round of recovery or for its reconciliation, in the way that its description says.
import { countsIn, mismatchesIn } from '../execution/mapped-answers.ts';
import type { UserAnswer } from '../execution/user.ts';
import type { Action } from '../formats/action.ts';
import type { MismatchMapping } from '../formats/answer-mapping.ts';
import { InfrastructureError } from '../platform/errors.ts';
import { outputOf } from './actions.ts';
import { rigMicros } from './observers/clock.ts';
import type { Slot } from './slot.ts';

/** What an action said, and the exit code of a command. */
type Output = Awaited<ReturnType<typeof outputOf>>;

/** Asks for one round of recovery; undefined of a system without it. */
export async function askForRecovery(slot: Slot): Promise<UserAnswer | undefined> {
  const { recover } = slot.description;
  return recover && ask(slot, recover, ({ text }) => countsIn(text, recover.counts));
}

/** Asks for the mismatches between the two logs; undefined of a system without a reconciliation. */
export async function askForMismatches(slot: Slot): Promise<UserAnswer | undefined> {
  const { reconcile } = slot.description;
  return (
    reconcile &&
    ask(slot, reconcile, ({ text, exitCode = 0 }) => {
      // An exit code says that something was found, and no line names it: the command went wrong in another way.
      if (exitCode !== 0 && mismatchesIn(text, ofAllKinds(reconcile.mismatches)) === NONE) return undefined;
      return mismatchesIn(text, reconcile.mismatches);
    })
  );
}

const NONE = '[]';

/** The same mapping, with the kinds that it leaves out. */
function ofAllKinds(mapping: MismatchMapping | undefined): MismatchMapping | undefined {
  return mapping !== undefined && 'kinds' in mapping ? { ...mapping, kinds: {} } : mapping;
}

/** What failed or cannot be read is no answer; a fault may have kept it away, and checkers say what that means. */
async function ask(slot: Slot, action: Action, read: (output: Output) => string | undefined): Promise<UserAnswer> {
  const startedMicros = rigMicros();
  const output = await outputOf(slot, action).catch((error: unknown) => {
    if (error instanceof InfrastructureError) return undefined;
    throw error;
  });
  const body = output && read(output);
  return { status: body === undefined ? null : 200, body: body ?? '', startedMicros, endedMicros: rigMicros() };
}
