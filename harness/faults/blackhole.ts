// blackhole: data is lost without an error; the connection stays open.
import * as fc from 'fast-check';
import { z } from 'zod';
import type { FaultDefinition } from './definition.ts';
import { randomWindow, STREAMS } from './fields.ts';
import { LINK_FAULT, linkDrafts, linkLabels, streamFields, streamSamples } from './link.ts';

const schema = z.strictObject({ kind: z.literal('blackhole'), ...streamFields });

/** Data is lost without an error; the connection stays open. */
export const blackhole = {
  ...LINK_FAULT,
  schema,
  labels: linkLabels('blackhole'),
  label: (fault) => `blackhole ${fault.stream}`,
  words: (fault) => `blackhole ${fault.stream}`,
  shortWords: () => 'blackhole',
  random: {
    weight: 1,
    drafts: linkDrafts(
      fc.record({ kind: fc.constant('blackhole' as const), stream: fc.constantFrom(...STREAMS), ...randomWindow }),
    ),
  },
  samples: streamSamples('blackhole', () => ({})),
} satisfies FaultDefinition<z.infer<typeof schema>>;
