// What a replay of several stored cases leaves behind: `onesend replay FOLDER --json` prints it.
import { z } from 'zod';
import { verdictSchema } from './decision.ts';
import type { DocumentKind } from './document.ts';
import { REPLAY_OUTCOMES } from './replay.ts';

/** The schema of one replayed case. */
export const replayRowSchema = z.strictObject({
  id: z.string(),
  lane: z.enum(['live', 'sim']),
  outcome: z.enum(REPLAY_OUTCOMES),
  verdict: verdictSchema,
  /** One sentence. */
  message: z.string(),
});

/** How one stored case came out. */
export type ReplayRow = z.infer<typeof replayRowSchema>;

/** The schema of several replays. */
const replaysSchema = z.strictObject({
  format: z.literal('onesend.replays/1'),
  /** The worst of all. */
  verdict: verdictSchema,
  replays: z.array(replayRowSchema),
});

/** What a replay of several stored cases leaves behind. */
export type ReplaysReport = z.infer<typeof replaysSchema>;

/** The replays as a document. */
export const replaysDocument: DocumentKind<ReplaysReport> = { format: 'onesend.replays/1', schema: replaysSchema };
