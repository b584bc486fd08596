// missing-uuid: an item comes with a blank uuid, as a broken import leaves it. It must be rejected, never given one. For gates only.
import { z } from 'zod';
import { type FaultDefinition, NO_DELAY } from './definition.ts';

const schema = z.strictObject({ kind: z.literal('missing-uuid'), item: z.string() });

/** An item comes with a blank uuid. */
export const missingUuid = {
  schema,
  labels: [{ label: 'missing uuid', phases: ['P0'], causesAmbiguity: false, preventsSending: true }],
  label: () => 'missing uuid',
  words: ({ item }) => `blank uuid of ${item}`,
  shortWords: () => 'blank uuid',
  place: () => 'missing-uuid',
  window: () => undefined,
  // The blank is part of the data that the run begins with.
  actions: () => [],
  longestDelay: () => NO_DELAY,
  obstacle: () => undefined,
  random: undefined,
  samples: [],
  plainNumbers: {},
  moved: (fault) => fault,
  spaced: (fault) => fault,
} satisfies FaultDefinition<z.infer<typeof schema>>;
