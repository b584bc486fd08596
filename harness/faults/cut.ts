// cut: the connection ends after so many bytes.
import * as fc from 'fast-check';
import { z } from 'zod';
import { type FaultDefinition, NO_DELAY } from './definition.ts';
import {
  decided,
  draftsOf,
  pick,
  PLAIN_WINDOW,
  randomWindow,
  SAMPLE_WINDOW,
  stream,
  STREAMS,
  windowActions,
  windowed,
} from './fields.ts';
import { LINK, linkLabels } from './link.ts';

const schema = z.strictObject({
  kind: z.literal('cut'),
  stream,
  bytes: z.int().min(0).max(1_000_000),
  ...decided,
  ...windowed,
});

/** Inside the first line, the headers, or early enough in the body of the shortest message. */
const CUT_BYTES = [100, 1, 40, 120] as const;

/** The connection ends after so many bytes. */
export const cut = {
  schema,
  labels: linkLabels('cut'),
  label: (fault) => `cut ${fault.stream}`,
  words: (fault) => `cut ${fault.stream} after ${fault.bytes} B`,
  shortWords: (fault) => `cut after ${fault.bytes} B`,
  place: () => LINK,
  window: (fault) => fault,
  actions: windowActions,
  longestDelay: () => NO_DELAY,
  obstacle: () => undefined,
  random: {
    weight: 1,
    drafts: draftsOf(
      fc.record({
        kind: fc.constant('cut' as const),
        stream: fc.constantFrom(...STREAMS),
        bytes: fc.constantFrom(...CUT_BYTES),
        ...randomWindow,
      }),
      () => LINK,
    ),
  },
  samples: STREAMS.map((way) => ({
    title: `cut ${way}`,
    modes: ['ON', 'SHADOW'] as const,
    make: (variant: number) => ({
      kind: 'cut' as const,
      stream: way,
      bytes: pick(CUT_BYTES, variant),
      ...SAMPLE_WINDOW,
    }),
  })),
  plainNumbers: { bytes: [100, 1], ...PLAIN_WINDOW },
  moved: (fault, byMs) => ({ ...fault, untilMs: fault.untilMs + byMs }),
  spaced: (fault, { untilMs }) => ({ ...fault, untilMs }),
} satisfies FaultDefinition<z.infer<typeof schema>>;
