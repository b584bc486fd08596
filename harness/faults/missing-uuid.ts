// missing-uuid: an item comes with a blank uuid, as a broken import leaves it. It must be rejected, never given one. For gates only.
import { z } from 'zod';
import type { FaultDefinition } from './definition.ts';
import { PLANTED_FAULT } from './planted.ts';

const schema = z.strictObject({ kind: z.literal('missing-uuid'), item: z.string() });

/** An item comes with a blank uuid. */
export const missingUuid = {
  // The blank is part of the data that the run begins with.
  ...PLANTED_FAULT,
  schema,
  labels: [{ label: 'missing uuid', phases: ['P0'], causesAmbiguity: false, preventsSending: true }],
  label: () => 'missing uuid',
  words: ({ item }) => `blank uuid of ${item}`,
  shortWords: () => 'blank uuid',
  place: () => 'missing-uuid',
} satisfies FaultDefinition<z.infer<typeof schema>>;
