// tamper: the rig itself makes the two logs disagree about one item, at the quiescent cut, so that reconciliation has something to find.
// For gates only.
import { z } from 'zod';
import type { FaultDefinition } from './definition.ts';
import { PLANTED_FAULT } from './planted.ts';

/** The kinds of mismatch; then an id that is lost on the other side, and another word for the same, which is no mismatch. */
const MISMATCHES = [
  'missing_in_go',
  'missing_in_laravel',
  'status_mismatch',
  'provider_message_id_mismatch',
  'provider_message_id_null_in_go',
  'duplicate_in_laravel',
] as const;

const schema = z.strictObject({ kind: z.literal('tamper'), mismatch: z.enum(MISMATCHES), item: z.string() });

/** The rig makes the two logs disagree about one item. */
export const tamper = {
  // It is done at the cut, before the reconciliation that the scenario asks for.
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
