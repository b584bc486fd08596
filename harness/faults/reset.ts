// reset: the connection is reset: upstream before the service receives the request, downstream after it has answered.
import * as fc from 'fast-check';
import { z } from 'zod';
import type { FaultDefinition } from './definition.ts';
import { randomWindow, STREAMS } from './fields.ts';
import { LINK_FAULT, linkDrafts, linkLabels, streamFields, streamSamples } from './link.ts';

const schema = z.strictObject({ kind: z.literal('reset'), ...streamFields });

/** The connection is reset: upstream before the service receives the request, downstream after it has answered. */
export const reset = {
  ...LINK_FAULT,
  schema,
  labels: linkLabels('reset'),
  label: (fault) => `reset ${fault.stream}`,
  words: (fault) => `reset ${fault.stream}`,
  shortWords: () => 'reset',
  random: {
    weight: 2,
    drafts: linkDrafts(
      fc.record({ kind: fc.constant('reset' as const), stream: fc.constantFrom(...STREAMS), ...randomWindow }),
    ),
  },
  samples: streamSamples('reset', () => ({})),
} satisfies FaultDefinition<z.infer<typeof schema>>;
