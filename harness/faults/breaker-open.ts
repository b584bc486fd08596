// breaker-open: the rig sets a circuit breaker to OPEN. The breaker recovers by itself, by a probe.
import * as fc from 'fast-check';
import { z } from 'zod';
import { type FaultDefinition, NO_DELAY } from './definition.ts';
import { draftsOf, offsetMs } from './fields.ts';
import { LINK } from './link.ts';

const schema = z.strictObject({
  kind: z.literal('breaker-open'),
  breaker: z.enum(['live', 'dry']),
  fromMs: offsetMs,
});

const known = { causesAmbiguity: false, preventsSending: false } as const;

/** The rig sets a circuit breaker to OPEN. */
export const breakerOpen = {
  schema,
  labels: [
    { label: 'breaker OPEN (live)', phases: ['P2', 'P10'], ...known },
    { label: 'breaker OPEN (dry)', phases: ['P2'], ...known },
  ],
  label: ({ breaker }) => `breaker OPEN (${breaker})`,
  words: ({ breaker }) => `breaker ${breaker} OPEN`,
  shortWords: () => 'breaker OPEN',
  // While a breaker is OPEN no call uses the link, so no fault of the link can take effect.
  place: () => LINK,
  window: () => undefined,
  actions: ({ fromMs }, index) => [{ kind: 'apply', atMs: fromMs, fault: index }],
  longestDelay: () => NO_DELAY,
  // No obstacle: checkers read in the breaker's row how long it is OPEN.
  obstacle: () => undefined,
  random: {
    weight: 1,
    drafts: draftsOf(
      fc.record({
        kind: fc.constant('breaker-open' as const),
        breaker: fc.constantFrom('live' as const, 'dry' as const),
        fromMs: fc.constant(0),
      }),
      () => LINK,
    ),
  },
  samples: [
    {
      title: 'live breaker OPEN',
      modes: ['ON'],
      make: () => ({ kind: 'breaker-open', breaker: 'live', fromMs: 0 }),
    },
    {
      title: 'dry breaker OPEN',
      modes: ['SHADOW'],
      make: () => ({ kind: 'breaker-open', breaker: 'dry', fromMs: 0 }),
    },
  ],
  plainNumbers: { fromMs: [0] },
  moved: (fault) => fault,
  spaced: (fault) => fault,
} satisfies FaultDefinition<z.infer<typeof schema>>;
