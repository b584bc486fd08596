// crash: a process is killed, and started again after a delay.
import * as fc from 'fast-check';
import { z } from 'zod';
import type { Mode } from '../../src/contract/mode.ts';
import type { Role } from '../../src/contract/message.ts';
import { type FaultDefinition, NO_DELAY } from './definition.ts';
import { draftsOf, offsetMs, pick, role, type Spacing, spacedBy } from './fields.ts';

const schema = z.strictObject({
  kind: z.literal('crash'),
  process: role,
  atMs: offsetMs,
  restartAfterMs: z.int().min(0).max(10_000),
});

type CrashFault = z.infer<typeof schema>;

/** Before, during and after the send that an entry at about 100 ms causes. */
const TIMES_MS = [150, 120, 200, 300, 450, 600, 50] as const;

/** How long after the kill the process is started again. */
const RESTART_DELAYS_MS = [100, 200, 400] as const;

/** Times before an entry, while calls are in flight, and after the calls of the first entry have ended. */
const ROOMY_TIMES_MS: Spacing = [
  [100, 100],
  [150, 690],
  [200, 1_100],
  [400, 1_480],
  [Infinity, 2_300],
];
const ROOMY_RESTARTS_MS: Spacing = [
  [200, 700],
  [Infinity, 1_600],
];

const known = { causesAmbiguity: true, preventsSending: false } as const;
const placeOf = (fault: CrashFault): string => `process ${fault.process}`;

/** A process is killed, and started again after a delay. */
export const crash = {
  schema,
  labels: [
    { label: 'crash legacy', phases: ['P0', 'P1', 'P6', 'P7', 'P10', 'P11', 'P12'], ...known },
    { label: 'crash service', phases: ['P3', 'P4', 'P5', 'P6', 'P7', 'P8', 'P9'], ...known },
  ],
  label: (fault) => `crash ${fault.process}`,
  words: (fault) => `${fault.process} crash`,
  shortWords: () => 'killed',
  place: placeOf,
  window: () => undefined,
  actions: ({ atMs, restartAfterMs, process: killed }) => [
    { kind: 'crash', atMs, process: killed },
    { kind: 'restart', atMs: atMs + restartAfterMs, process: killed },
  ],
  longestDelay: () => NO_DELAY,
  // No obstacle: checkers see in the history when a process ended and when it served again.
  obstacle: () => undefined,
  random: {
    weight: 3,
    drafts: draftsOf(
      fc.record({
        kind: fc.constant('crash' as const),
        process: fc.constantFrom('service' as const, 'legacy' as const),
        atMs: fc.constantFrom(...TIMES_MS),
        restartAfterMs: fc.constantFrom(...RESTART_DELAYS_MS),
      }),
      placeOf,
    ),
  },
  samples: [sampleOf('service', ['ON', 'SHADOW']), sampleOf('legacy', ['ON', 'SHADOW', 'OFF'])],
  plainNumbers: { atMs: [150, 300], restartAfterMs: [200] },
  moved: (fault, byMs) => ({ ...fault, atMs: Math.max(0, fault.atMs + byMs) }),
  spaced: (fault) => ({
    ...fault,
    atMs: spacedBy(ROOMY_TIMES_MS, fault.atMs),
    restartAfterMs: spacedBy(ROOMY_RESTARTS_MS, fault.restartAfterMs),
  }),
} satisfies FaultDefinition<CrashFault>;

function sampleOf(killed: Role, modes: readonly Mode[]) {
  return {
    title: `crash of ${killed}`,
    modes,
    make: (variant: number): CrashFault => ({
      kind: 'crash',
      process: killed,
      atMs: pick(TIMES_MS, variant),
      restartAfterMs: pick(RESTART_DELAYS_MS, variant),
    }),
  };
}
