// pause: the legacy app is stopped between reading an answer and acting on it. When the front tap passes the last byte of an answer, the
// rig stops the process with SIGSTOP and continues it after `lastsMs`. Only the first answer in the window does this. The service cannot
// be paused in this way: it reads the answers of its provider, and these pass no tap.
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

/** Longer than the budget of 500 ms, and shorter than the lease of 800 ms. */
const WITHIN_LEASE_MS = [700, 550] as const;

/** Longer than a lease: a claim of the process can be taken over before the process goes on. */
const PAST_LEASE_MS = [900, 1_200] as const;

/** Well past the budget, or well past the lease. */
const ROOMY_LASTS_MS: Spacing = [
  [800, 700],
  [Infinity, 1_100],
];

const placeOf = (fault: PauseFault): string => `process ${fault.process}`;

/** The legacy app is stopped between reading an answer and acting on it. */
export const pause = {
  schema,
  // When the process goes on, another attempt may hold its claim, or the outcome of its send may be unknown.
  labels: [{ label: 'pause legacy', phases: ['P9', 'P10', 'P11'], causesAmbiguity: true, preventsSending: false }],
  label: (fault) => `pause ${fault.process}`,
  words: (fault) => `pause of ${fault.process} ${fault.lastsMs} ms`,
  shortWords: (fault) => `paused ${fault.lastsMs} ms`,
  place: placeOf,
  window: (fault) => fault,
  actions: windowActions,
  longestDelay: ({ lastsMs }) => ({ ...NO_DELAY, processMs: lastsMs }),
  obstacle: (fault) => ({ kind: 'stopped', process: fault.process }),
  random: {
    // Random scenarios do not draw it: a weight would change every draw of every seed. Plans contain its samples, and on the simulated
    // lane a decision can pause a process whenever an event wakes it.
    weight: 0,
    drafts: draftsOf(
      fc.record({
        kind: fc.constant('pause' as const),
        process: fc.constant('legacy' as const),
        lastsMs: fc.constantFrom(...WITHIN_LEASE_MS, ...PAST_LEASE_MS),
        ...randomWindow,
      }),
      placeOf,
    ),
  },
  // Only in ON does the legacy app act on an answer: in SHADOW a rehearsal is its last step, in OFF it does not call the service.
  // Another reason for two samples: one process in a hundred acts before the signal arrives, and a plan needs a pause that took effect.
  samples: [sampleOf('within', WITHIN_LEASE_MS), sampleOf('past', PAST_LEASE_MS)],
  plainNumbers: { lastsMs: [700], ...PLAIN_WINDOW },
  moved: (fault, byMs) => ({ ...fault, lastsMs: Math.max(1, fault.lastsMs + byMs) }),
  spaced: (fault, { untilMs }) => ({ ...fault, lastsMs: spacedBy(ROOMY_LASTS_MS, fault.lastsMs), untilMs }),
} satisfies FaultDefinition<PauseFault>;

function sampleOf(which: 'within' | 'past', lastsMs: readonly [number, ...number[]]) {
  return {
    title: `pause of legacy ${which} its lease`,
    modes: ['ON'] as const,
    make: (variant: number): PauseFault => ({
      kind: 'pause',
      process: 'legacy',
      lastsMs: pick(lastsMs, variant),
      ...SAMPLE_WINDOW,
    }),
  };
}
