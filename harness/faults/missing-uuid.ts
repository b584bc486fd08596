// missing-uuid: an item has a blank uuid, as after a broken import. A system must reject it, and never make a uuid for it. For gates only.
import { z } from 'zod';
import type { FaultDefinition } from './definition.ts';
import { PLANTED_FAULT } from './planted.ts';

const schema = z.strictObject({ kind: z.literal('missing-uuid'), item: z.string() });

/** An item has a blank uuid. */
export const missingUuid = {
  // The blank uuid is in the data from the start, so the fault needs no action and no window.
  ...PLANTED_FAULT,
  schema,
  labels: [{ label: 'missing uuid', phases: ['P0'], causesAmbiguity: false, preventsSending: true }],
  label: () => 'missing uuid',
  words: ({ item }) => `blank uuid of ${item}`,
  shortWords: () => 'blank uuid',
  place: () => 'missing-uuid',
} satisfies FaultDefinition<z.infer<typeof schema>>;
