// blackhole: data vanishes; the connection stays open.
import * as fc from 'fast-check';
import { z } from 'zod';
import { type FaultDefinition, NO_DELAY } from './definition.ts';
import {
  decided,
  draftsOf,
  PLAIN_WINDOW,
  randomWindow,
  SAMPLE_WINDOW,
  stream,
  STREAMS,
  windowActions,
  windowed,
} from './fields.ts';
import { LINK, linkLabels } from './link.ts';

const schema = z.strictObject({ kind: z.literal('blackhole'), stream, ...decided, ...windowed });

/** Data vanishes; the connection stays open. */
export const blackhole = {
  schema,
  labels: linkLabels('blackhole'),
  label: (fault) => `blackhole ${fault.stream}`,
  words: (fault) => `blackhole ${fault.stream}`,
  shortWords: () => 'blackhole',
  place: () => LINK,
  window: (fault) => fault,
  actions: windowActions,
  longestDelay: () => NO_DELAY,
  obstacle: () => undefined,
  random: {
    weight: 1,
    drafts: draftsOf(
      fc.record({ kind: fc.constant('blackhole' as const), stream: fc.constantFrom(...STREAMS), ...randomWindow }),
      () => LINK,
    ),
  },
  samples: STREAMS.map((way) => ({
    title: `blackhole ${way}`,
    modes: ['ON', 'SHADOW'] as const,
    make: () => ({ kind: 'blackhole' as const, stream: way, ...SAMPLE_WINDOW }),
  })),
  plainNumbers: PLAIN_WINDOW,
  moved: (fault, byMs) => ({ ...fault, untilMs: fault.untilMs + byMs }),
  spaced: (fault, { untilMs }) => ({ ...fault, untilMs }),
} satisfies FaultDefinition<z.infer<typeof schema>>;
