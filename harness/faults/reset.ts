// reset: the connection is reset, upstream before the service saw the request, downstream after it answered.
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

const schema = z.strictObject({ kind: z.literal('reset'), stream, ...decided, ...windowed });

/** The connection is reset: upstream before the service saw the request, downstream after it answered. */
export const reset = {
  schema,
  labels: linkLabels('reset'),
  label: (fault) => `reset ${fault.stream}`,
  words: (fault) => `reset ${fault.stream}`,
  shortWords: () => 'reset',
  place: () => LINK,
  window: (fault) => fault,
  actions: windowActions,
  longestDelay: () => NO_DELAY,
  obstacle: () => undefined,
  random: {
    weight: 2,
    drafts: draftsOf(
      fc.record({ kind: fc.constant('reset' as const), stream: fc.constantFrom(...STREAMS), ...randomWindow }),
      () => LINK,
    ),
  },
  samples: STREAMS.map((way) => ({
    title: `reset ${way}`,
    modes: ['ON', 'SHADOW'] as const,
    make: () => ({ kind: 'reset' as const, stream: way, ...SAMPLE_WINDOW }),
  })),
  plainNumbers: PLAIN_WINDOW,
  moved: (fault, byMs) => ({ ...fault, untilMs: fault.untilMs + byMs }),
  spaced: (fault, { untilMs }) => ({ ...fault, untilMs }),
} satisfies FaultDefinition<z.infer<typeof schema>>;
