// terminate: a process is asked to end, killed if it has not ended within the grace, and started again later, as in a deployment.
import * as fc from 'fast-check';
import { z } from 'zod';
import type { Mode } from '../../src/contract/mode.ts';
import type { Role } from '../../src/contract/message.ts';
import { type FaultDefinition, NO_DELAY } from './definition.ts';
import { draftsOf, offsetMs, pick, role, type Spacing, spacedBy } from './fields.ts';

const schema = z.strictObject({
  kind: z.literal('terminate'),
  process: role,
  atMs: offsetMs,
  /** How long the process has to end before it is killed. */
  graceMs: z.int().min(0).max(10_000),
  /** How long after the grace the process is started again. */
  restartAfterMs: z.int().min(0).max(10_000),
});

type TerminateFault = z.infer<typeof schema>;

/** Before, during and after the send that an entry at about 100 ms causes. */
const TIMES_MS = [120, 150, 200, 300, 450, 50] as const;

/** Long enough for a call without faults; too short for a call to a slow provider. */
const GRACES_MS = [600, 300] as const;

/** How long after the grace the process is started again. */
const RESTART_DELAYS_MS = [100, 200, 400] as const;

/** Times before an entry, while calls are in flight, and after the calls of the first entry have ended. */
const ROOMY_TIMES_MS: Spacing = [
  [100, 100],
  [200, 1_100],
  [Infinity, 2_300],
];
const ROOMY_GRACES_MS: Spacing = [[Infinity, 1_600]];
const ROOMY_RESTARTS_MS: Spacing = [[Infinity, 700]];

const known = { causesAmbiguity: true, preventsSending: false } as const;
const placeOf = (fault: TerminateFault): string => `process ${fault.process}`;

/** A process is asked to end, and started again later. */
export const terminate = {
  schema,
  labels: [
    { label: 'terminate legacy', phases: ['P0', 'P1', 'P6', 'P7', 'P10', 'P11', 'P12'], ...known },
    { label: 'terminate service', phases: ['P3', 'P4', 'P5', 'P6', 'P7', 'P8', 'P9'], ...known },
  ],
  label: (fault) => `terminate ${fault.process}`,
  words: ({ process, graceMs }) => `${process} asked to end within ${graceMs} ms`,
  shortWords: () => 'asked to end',
  place: placeOf,
  window: () => undefined,
  actions: ({ atMs, graceMs, restartAfterMs, process: asked }) => [
    { kind: 'terminate', atMs, process: asked, graceMs },
    { kind: 'restart', atMs: atMs + graceMs + restartAfterMs, process: asked },
  ],
  longestDelay: () => NO_DELAY,
  // No obstacle: checkers see in the history when a process was asked to end, whether it was killed, and when it served again.
  obstacle: () => undefined,
  random: {
    weight: 1,
    drafts: draftsOf(
      fc.record({
        kind: fc.constant('terminate' as const),
        process: fc.constantFrom('service' as const, 'legacy' as const),
        atMs: fc.constantFrom(...TIMES_MS),
        graceMs: fc.constantFrom(...GRACES_MS),
        restartAfterMs: fc.constantFrom(...RESTART_DELAYS_MS),
      }),
      placeOf,
    ),
  },
  samples: [sampleOf('service', ['ON', 'SHADOW']), sampleOf('legacy', ['ON', 'OFF'])],
  plainNumbers: { atMs: [150, 300], graceMs: [600], restartAfterMs: [200] },
  moved: (fault, byMs) => ({ ...fault, atMs: Math.max(0, fault.atMs + byMs) }),
  spaced: (fault) => ({
    ...fault,
    atMs: spacedBy(ROOMY_TIMES_MS, fault.atMs),
    graceMs: spacedBy(ROOMY_GRACES_MS, fault.graceMs),
    restartAfterMs: spacedBy(ROOMY_RESTARTS_MS, fault.restartAfterMs),
  }),
} satisfies FaultDefinition<TerminateFault>;

function sampleOf(asked: Role, modes: readonly Mode[]) {
  return {
    title: `termination of ${asked}`,
    modes,
    make: (variant: number): TerminateFault => ({
      kind: 'terminate',
      process: asked,
      atMs: pick(TIMES_MS, variant),
      graceMs: pick(GRACES_MS, variant),
      restartAfterMs: pick(RESTART_DELAYS_MS, variant),
    }),
  };
}
