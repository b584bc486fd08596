// cut: the connection ends after a number of bytes.
import * as fc from 'fast-check';
import { z } from 'zod';
import type { FaultDefinition } from './definition.ts';
import { pick, PLAIN_WINDOW, randomWindow, STREAMS } from './fields.ts';
import { LINK_FAULT, linkDrafts, linkLabels, streamFields, streamSamples } from './link.ts';

const schema = z.strictObject({ kind: z.literal('cut'), bytes: z.int().min(0).max(1_000_000), ...streamFields });

/** The cut falls in the first line, in the headers, or in the body, even in the body of the shortest message. */
const CUT_BYTES = [100, 1, 40, 120] as const;

/** The connection ends after `bytes` bytes. */
export const cut = {
  ...LINK_FAULT,
  schema,
  labels: linkLabels('cut'),
  label: (fault) => `cut ${fault.stream}`,
  words: (fault) => `cut ${fault.stream} after ${fault.bytes} B`,
  shortWords: (fault) => `cut after ${fault.bytes} B`,
  random: {
    weight: 1,
    drafts: linkDrafts(
      fc.record({
        kind: fc.constant('cut' as const),
        stream: fc.constantFrom(...STREAMS),
        bytes: fc.constantFrom(...CUT_BYTES),
        ...randomWindow,
      }),
    ),
  },
  samples: streamSamples('cut', (variant) => ({ bytes: pick(CUT_BYTES, variant) })),
  plainNumbers: { bytes: [100, 1], ...PLAIN_WINDOW },
} satisfies FaultDefinition<z.infer<typeof schema>>;
