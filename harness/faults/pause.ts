// pause: a process stands still between reading an answer and acting on it. The front tap passes the last byte of an answer to the
// legacy app, which is then stopped with SIGSTOP and goes on after `lastsMs`. The first answer whose last byte passes in the window stops
// it, once. The service has no such field: what it reads are its provider's answers, which pass no tap.
import * as fc from 'fast-check';
import { z } from 'zod';
import { type FaultDefinition, NO_DELAY } from './definition.ts';
import {
  draftsOf,
  pick,
  PLAIN_WINDOW,
  randomWindow,
  SAMPLE_WINDOW,
  type Spacing,
  spacedBy,
  windowActions,
  windowed,
} from './fields.ts';

const schema = z.strictObject({
  kind: z.literal('pause'),
  process: z.literal('legacy'),
  lastsMs: z.int().min(1).max(10_000),
  ...windowed,
});

type PauseFault = z.infer<typeof schema>;

/** Past the budget, which begins at most as long ago as it lasts; and past a lease. */
const LASTS_MS = [700, 900, 550] as const;

/** Well past the budget, or well past the lease of 800 ms. */
const ROOMY_LASTS_MS: Spacing = [
  [800, 700],
  [Infinity, 1_100],
];

const placeOf = (fault: PauseFault): string => `process ${fault.process}`;

/** A process stands still between reading an answer and acting on it. */
export const pause = {
  schema,
  // Whatever the process held meanwhile, a lease or a send under way, may have been taken from it or be in doubt when it goes on.
  labels: [{ label: 'pause legacy', phases: ['P9', 'P10', 'P11'], causesAmbiguity: true, preventsSending: false }],
  label: (fault) => `pause ${fault.process}`,
  words: (fault) => `pause of ${fault.process} ${fault.lastsMs} ms`,
  place: placeOf,
  window: (fault) => fault,
  actions: windowActions,
  longestDelay: ({ lastsMs }) => ({ ...NO_DELAY, processMs: lastsMs }),
  obstacle: (fault) => ({ kind: 'stopped', process: fault.process }),
  random: {
    // Never, so far: a weight would change every draw of every seed. Plans hold its samples; and in the simulated lane a decision can
    // pause a process at every moment that something wakes it.
    weight: 0,
    drafts: draftsOf(
      fc.record({
        kind: fc.constant('pause' as const),
        process: fc.constant('legacy' as const),
        lastsMs: fc.constantFrom(...LASTS_MS),
        ...randomWindow,
      }),
      placeOf,
    ),
  },
  samples: [
    {
      title: 'pause of legacy',
      modes: ['ON'],
      make: (variant) => ({ kind: 'pause', process: 'legacy', lastsMs: pick(LASTS_MS, variant), ...SAMPLE_WINDOW }),
    },
  ],
  plainNumbers: { lastsMs: [700], ...PLAIN_WINDOW },
  moved: (fault, byMs) => ({ ...fault, lastsMs: Math.max(1, fault.lastsMs + byMs) }),
  spaced: (fault, { untilMs }) => ({ ...fault, lastsMs: spacedBy(ROOMY_LASTS_MS, fault.lastsMs), untilMs }),
} satisfies FaultDefinition<PauseFault>;
