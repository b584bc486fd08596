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

/** Longer than the budget of 500 ms, and shorter than the lease of 800 ms. */
const WITHIN_LEASE_MS = [700, 550] as const;

/** Longer than a lease: what the process held may have been taken over when it goes on. */
const PAST_LEASE_MS = [900, 1_200] as const;

/** Well past the budget, or well past the lease of 800 ms. */
const ROOMY_LASTS_MS: Spacing = [
  [800, 700],
  [Infinity, 1_100],
];

const placeOf = (fault: PauseFault): string => `process ${fault.process}`;

/** A process stands still between reading an answer and acting on it. */
export const pause = {
  schema,
  // A lease or a send that the process held may have been taken from it, or be in doubt, when it goes on.
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
    // Never, so far: a weight would change every draw of every seed. Plans hold its samples; and in the simulated lane a decision can
    // pause a process at every moment that something wakes it.
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
  // A rehearsal is the last that the legacy app does in SHADOW, and in OFF it does not call the service: only in ON an answer is acted on. There are two
  // samples also because one process in a hundred is quicker than the signal, and a plan needs one that took effect.
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
