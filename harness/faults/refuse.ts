// refuse: nothing listens, so that connections are refused.
import * as fc from 'fast-check';
import { z } from 'zod';
import { type FaultDefinition, NO_DELAY } from './definition.ts';
import { decided, draftsOf, PLAIN_WINDOW, randomWindow, SAMPLE_WINDOW, windowActions, windowed } from './fields.ts';
import { LINK } from './link.ts';

const schema = z.strictObject({ kind: z.literal('refuse'), ...decided, ...windowed });

/** Connections are refused. */
export const refuse = {
  schema,
  labels: [
    {
      label: 'refuse',
      phases: ['P2', 'P3', 'P9', 'P10'],
      // A refused call is definite, but refusing also ends the calls that are under way.
      causesAmbiguity: true,
      preventsSending: false,
    },
  ],
  label: () => 'refuse',
  words: () => 'connections refused',
  shortWords: () => 'refused',
  place: () => LINK,
  window: (fault) => fault,
  actions: windowActions,
  longestDelay: () => NO_DELAY,
  obstacle: () => ({ kind: 'unreachable', process: 'service' }),
  random: {
    weight: 2,
    drafts: draftsOf(fc.record({ kind: fc.constant('refuse' as const), ...randomWindow }), () => LINK),
  },
  samples: [{ title: 'refuse', modes: ['ON', 'SHADOW'], make: () => ({ kind: 'refuse', ...SAMPLE_WINDOW }) }],
  plainNumbers: PLAIN_WINDOW,
  moved: (fault, byMs) => ({ ...fault, untilMs: fault.untilMs + byMs }),
  spaced: (fault, { untilMs }) => ({ ...fault, untilMs }),
} satisfies FaultDefinition<z.infer<typeof schema>>;
