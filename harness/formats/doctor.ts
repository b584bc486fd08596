// What `onesend doctor --json` prints.
import { z } from 'zod';
import type { DocumentKind } from './document.ts';

/** The schema of one examination. */
export const doctorCheckSchema = z.strictObject({
  subject: z.string(),
  isGood: z.boolean(),
  /** Whether the live lane on the embedded infrastructure needs it. */
  isNeeded: z.boolean(),
  /** One sentence: what was found, and what to do about it. */
  finding: z.string(),
});

/** One examination of this machine, such as its loopback or its free disk space. */
export type DoctorCheck = z.infer<typeof doctorCheckSchema>;

/** The schema of the report of `onesend doctor`. */
export const doctorSchema = z.strictObject({
  format: z.literal('onesend.doctor/1'),
  /** Whether this machine can run the live lane on the embedded infrastructure. */
  isReady: z.boolean(),
  examinations: z.array(doctorCheckSchema),
});

/** What `onesend doctor` found on this machine. */
export type DoctorReport = z.infer<typeof doctorSchema>;

/** The report of `onesend doctor` as a document. */
export const doctorDocument: DocumentKind<DoctorReport> = { format: 'onesend.doctor/1', schema: doctorSchema };
