// One thing that `onesend doctor` looks at.
import type { DoctorCheck } from '../formats/doctor.ts';

/** Runs one look; what it throws is what was found. */
export async function examined(
  { subject, isNeeded }: Pick<DoctorCheck, 'subject' | 'isNeeded'>,
  look: () => Promise<string>,
): Promise<DoctorCheck> {
  try {
    return { subject, isNeeded, isGood: true, finding: await look() };
  } catch (cause) {
    const [message = ''] = (cause instanceof Error ? cause.message : String(cause)).split('\n');
    return { subject, isNeeded, isGood: false, finding: message };
  }
}
