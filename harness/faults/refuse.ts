// refuse: no process listens on the service's address, so connections are refused.
import * as fc from 'fast-check';
import { z } from 'zod';
import type { FaultDefinition } from './definition.ts';
import { decided, randomWindow, SAMPLE_WINDOW, windowed } from './fields.ts';
import { LINK_FAULT, linkDrafts } from './link.ts';

const schema = z.strictObject({ kind: z.literal('refuse'), ...decided, ...windowed });

/** Connections are refused. */
export const refuse = {
  ...LINK_FAULT,
  schema,
  labels: [
    {
      label: 'refuse',
      phases: ['P2', 'P3', 'P9', 'P10'],
      // A refused call fails definitely, but the fault also ends calls that are in flight.
      causesAmbiguity: true,
      preventsSending: false,
    },
  ],
  label: () => 'refuse',
  words: () => 'connections refused',
  shortWords: () => 'refused',
  obstacle: () => ({ kind: 'unreachable', process: 'service' }),
  random: {
    weight: 2,
    drafts: linkDrafts(fc.record({ kind: fc.constant('refuse' as const), ...randomWindow })),
  },
  samples: [{ title: 'refuse', modes: ['ON', 'SHADOW'], make: () => ({ kind: 'refuse', ...SAMPLE_WINDOW }) }],
} satisfies FaultDefinition<z.infer<typeof schema>>;
