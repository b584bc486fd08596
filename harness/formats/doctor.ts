// What `onesend doctor --json` prints.
import { z } from 'zod';
import type { DocumentKind } from './document.ts';

/** One thing that was looked at. */
export const doctorCheckSchema = z.strictObject({
  subject: z.string(),
  isGood: z.boolean(),
  /** Whether the live lane on the embedded infrastructure cannot run without it. */
  isNeeded: z.boolean(),
  /** What was found, and what to do about it, in one sentence. */
  finding: z.string(),
});

/** One thing that was looked at. */
export type DoctorCheck = z.infer<typeof doctorCheckSchema>;

/** The schema of the doctor's report. */
export const doctorSchema = z.strictObject({
  format: z.literal('onesend.doctor/1'),
  /** Whether this machine can run the live lane on the embedded infrastructure. */
  isReady: z.boolean(),
  examinations: z.array(doctorCheckSchema),
});

/** The doctor's report. */
export type DoctorReport = z.infer<typeof doctorSchema>;

/** The doctor's report as a document. */
export const doctorDocument: DocumentKind<DoctorReport> = { format: 'onesend.doctor/1', schema: doctorSchema };
