// tamper: at the quiescent cut the rig changes the two logs so that they differ for one item, and reconciliation has something to find.
// For gates only.
import { z } from 'zod';
import type { FaultDefinition } from './definition.ts';
import { PLANTED_FAULT } from './planted.ts';

/** The kinds of mismatch; then a provider id that is lost in Go's log, and `duplicate` for `accepted`, which is not a mismatch. */
const MISMATCHES = [
  'missing_in_go',
  'missing_in_laravel',
  'status_mismatch',
  'provider_message_id_mismatch',
  'provider_message_id_null_in_go',
  'duplicate_in_laravel',
] as const;

const schema = z.strictObject({ kind: z.literal('tamper'), mismatch: z.enum(MISMATCHES), item: z.string() });

/** The rig changes the two logs so that they differ for one item. */
export const tamper = {
  // The rig does this at the cut, before the reconciliation of the scenario.
  ...PLANTED_FAULT,
  schema,
  labels: MISMATCHES.map((mismatch) => ({
    label: `tamper ${mismatch}`,
    phases: ['P12'] as const,
    causesAmbiguity: false,
    preventsSending: false,
  })),
  label: ({ mismatch }) => `tamper ${mismatch}`,
  words: ({ mismatch, item }) => `tampered logs: ${mismatch} of ${item}`,
  shortWords: () => 'tampered',
  place: () => 'tamper',
} satisfies FaultDefinition<z.infer<typeof schema>>;
