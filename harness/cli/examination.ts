// One thing that `onesend doctor` looks at.

/** What was looked at, and what was found. */
export interface Examination {
  readonly subject: string;
  readonly isGood: boolean;
  /** Whether the live lane on the embedded infrastructure needs it. */
  readonly isNeeded: boolean;
  readonly finding: string;
}

/** Runs one look; what it throws is what was found. */
export async function examined(
  { subject, isNeeded }: Pick<Examination, 'subject' | 'isNeeded'>,
  look: () => Promise<string>,
): Promise<Examination> {
  try {
    return { subject, isNeeded, isGood: true, finding: await look() };
  } catch (cause) {
    const [message = ''] = (cause instanceof Error ? cause.message : String(cause)).split('\n');
    return { subject, isNeeded, isGood: false, finding: message };
  }
}
