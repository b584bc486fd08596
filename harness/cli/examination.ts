// Runs one check of `onesend doctor`.
import type { DoctorCheck } from '../formats/doctor.ts';
import { OnesendError } from '../platform/errors.ts';
import { machineErrorOf } from '../platform/machine-errors.ts';
import { messageOf } from '../platform/thrown.ts';

/** Runs one check. The text it returns is a good finding; an error that it throws is a bad one, with its hint. */
export async function examined(
  { subject, isNeeded }: Pick<DoctorCheck, 'subject' | 'isNeeded'>,
  look: () => Promise<string>,
): Promise<DoctorCheck> {
  try {
    return { subject, isNeeded, isGood: true, finding: await look() };
  } catch (cause) {
    const [message = ''] = messageOf(cause).split('\n');
    const ofMachine = machineErrorOf(cause);
    const own = cause instanceof OnesendError ? cause.hint : undefined;
    // Only a shortage explains more than the error itself, which knows what it needed.
    const hint = ofMachine?.isShortage === true ? ofMachine.hint : (own ?? ofMachine?.hint);
    return { subject, isNeeded, isGood: false, finding: hint === undefined ? message : `${message} (${hint})` };
  }
}
