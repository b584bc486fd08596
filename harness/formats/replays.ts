// What `onesend replay FOLDER --json` prints: the outcome of the replay of each stored case.
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

/** The outcome of the replay of one stored case. */
export type ReplayRow = z.infer<typeof replayRowSchema>;

/** The schema of several replays. */
const replaysSchema = z.strictObject({
  format: z.literal('onesend.replays/1'),
  /** The verdict; of several replays, the worst of theirs. */
  verdict: verdictSchema,
  replays: z.array(replayRowSchema),
});

/** The outcomes of the replays of several stored cases. */
export type ReplaysReport = z.infer<typeof replaysSchema>;

/** The replays as a document. */
export const replaysDocument: DocumentKind<ReplaysReport> = { format: 'onesend.replays/1', schema: replaysSchema };
