// provider: the provider rejects the messages of one system, answers them late or with an error, or its reply is lost.
import * as fc from 'fast-check';
import { z } from 'zod';
import { type Role, ROLES } from '../../src/contract/message.ts';
import { type FaultDefinition, NO_DELAY } from './definition.ts';
import {
  decided,
  pick,
  PLAIN_WINDOW,
  draftsOf,
  role,
  randomWindow,
  SAMPLE_WINDOW,
  type Spacing,
  spacedBy,
  windowActions,
  windowed,
} from './fields.ts';

const schema = z.strictObject({
  kind: z.literal('provider'),
  system: role,
  outcome: z.enum(['reject', 'slow', 'accept-lose-reply', 'error-accepted', 'error-not-accepted']),
  /** How long the provider takes, for `slow`. */
  delayMs: z.int().min(0).max(10_000),
  ...decided,
  ...windowed,
});

type ProviderFault = z.infer<typeof schema>;

const OUTCOMES = [
  { outcome: 'reject', phases: ['P6'], causesAmbiguity: false, preventsSending: true },
  { outcome: 'slow', phases: ['P6', 'P7'], causesAmbiguity: true, preventsSending: false },
  { outcome: 'accept-lose-reply', phases: ['P7'], causesAmbiguity: true, preventsSending: false },
  { outcome: 'error-accepted', phases: ['P7'], causesAmbiguity: true, preventsSending: false },
  { outcome: 'error-not-accepted', phases: ['P6'], causesAmbiguity: true, preventsSending: true },
] as const;

/** The outcomes in the order in which strata and random scenarios use them. */
export const PROVIDER_OUTCOMES = [
  'slow',
  'accept-lose-reply',
  'error-accepted',
  'error-not-accepted',
  'reject',
] as const;

/** Around the budget, around the provider timeout of a second, and past both. */
const DELAYS_MS = [600, 900, 1_200, 450, 1_500] as const;

/** Well past the budget and within the provider's timeout of a second, or well past that. */
const ROOMY_DELAYS_MS: Spacing = [
  [1, 0],
  [1_000, 800],
  [Infinity, 1_500],
];

/** The short words of each outcome; `slow` has its delay instead. */
const SHORT_WORDS = {
  reject: 'rejects',
  'accept-lose-reply': 'reply lost',
  'error-accepted': 'errs',
  'error-not-accepted': 'errs',
} as const satisfies Record<Exclude<ProviderFault['outcome'], 'slow'>, string>;

const placeOf = ({ system }: ProviderFault): string => `provider of ${system}`;

/** The provider rejects the messages of one system, answers them late or with an error, or its reply is lost. */
export const provider = {
  schema,
  labels: ROLES.flatMap((system) =>
    OUTCOMES.map(({ outcome, ...known }) => ({ label: `provider ${outcome} (${system})`, ...known })),
  ),
  label: ({ outcome, system }) => `provider ${outcome} (${system})`,
  words: ({ outcome, delayMs, system }) =>
    `provider ${outcome}${outcome === 'slow' ? ` ${delayMs} ms` : ''} for ${system}`,
  shortWords: ({ outcome, delayMs }) => (outcome === 'slow' ? `slow ${delayMs} ms` : SHORT_WORDS[outcome]),
  place: placeOf,
  window: (fault) => fault,
  actions: windowActions,
  longestDelay: ({ delayMs }) => ({ ...NO_DELAY, providerMs: delayMs }),
  obstacle: ({ system }) => ({ kind: 'faulty-provider', process: system }),
  random: {
    weight: 4,
    drafts: draftsOf(
      fc
        .record({
          outcome: fc.constantFrom(...PROVIDER_OUTCOMES),
          slowMs: fc.constantFrom(...DELAYS_MS),
          system: fc.constantFrom('service' as const, 'legacy' as const),
          ...randomWindow,
        })
        .map(({ outcome, slowMs, system, ...window }): ProviderFault => ({
          kind: 'provider',
          system,
          outcome,
          delayMs: outcome === 'slow' ? slowMs : 0,
          ...window,
        })),
      placeOf,
    ),
  },
  samples: [...samplesOf('service', ['ON']), ...samplesOf('legacy', ['SHADOW', 'OFF'])],
  plainNumbers: { delayMs: [0, 600, 1_200], ...PLAIN_WINDOW },
  moved: (fault, byMs) => ({ ...fault, delayMs: fault.delayMs === 0 ? 0 : fault.delayMs + byMs }),
  spaced: (fault, { untilMs }) => ({ ...fault, delayMs: spacedBy(ROOMY_DELAYS_MS, fault.delayMs), untilMs }),
} satisfies FaultDefinition<ProviderFault>;

function samplesOf(system: Role, modes: FaultDefinition<ProviderFault>['samples'][number]['modes']) {
  return PROVIDER_OUTCOMES.map((outcome) => ({
    title: `provider of ${system}: ${outcome}`,
    modes,
    make: (variant: number): ProviderFault => ({
      kind: 'provider',
      system,
      outcome,
      delayMs: outcome === 'slow' ? pick(DELAYS_MS, variant) : 0,
      ...SAMPLE_WINDOW,
    }),
  }));
}
