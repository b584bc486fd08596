// redelivery: the same campaign is triggered again, by a redelivered job or a user's double submit.
import * as fc from 'fast-check';
import { z } from 'zod';
import { type FaultDefinition, type FaultDraft, NO_DELAY } from './definition.ts';
import { offsetMs, pick, type Spacing, spacedBy } from './fields.ts';

const schema = z.strictObject({ kind: z.literal('redelivery'), campaign: z.string(), atMs: offsetMs });

type Redelivery = z.infer<typeof schema>;

const PLACE = 'delivery';

/** The time after the entry: at once, while messages are sent, and after all have been sent. */
const DELAYS_MS = [400, 0, 20, 150, 700, 900] as const;

/** The time after the entry of the campaign: while its call is in flight, after the budget, and after all messages have been sent. */
const ROOMY_DELAYS_MS: Spacing = [
  [200, 420],
  [500, 730],
  [800, 1_900],
  [Infinity, 2_700],
];

/** The same campaign is triggered again. */
export const redelivery = {
  schema,
  labels: [{ label: 'redelivery', phases: ['P0', 'P12'], causesAmbiguity: false, preventsSending: false }],
  label: () => 'redelivery',
  words: ({ campaign }) => `redelivery of ${campaign}`,
  shortWords: () => 'redelivered',
  place: () => PLACE,
  window: () => undefined,
  actions: ({ atMs, campaign }) => [{ kind: 'trigger', atMs, campaign }],
  longestDelay: () => NO_DELAY,
  obstacle: () => undefined,
  random: {
    weight: 3,
    drafts: fc.record({ entry: fc.nat({ max: 2 }), delayMs: fc.constantFrom(...DELAYS_MS) }).map(draftOf),
  },
  samples: [
    {
      title: 'redelivery',
      modes: ['ON', 'SHADOW', 'OFF'],
      make: (variant, { campaign, atMs }) => ({ kind: 'redelivery', campaign, atMs: atMs + pick(DELAYS_MS, variant) }),
    },
  ],
  plainNumbers: { atMs: [500, 1_000] },
  moved: (fault, byMs) => ({ ...fault, atMs: Math.max(0, fault.atMs + byMs) }),
  spaced: (fault, { entryMs, putOffMs }) => {
    const entersMs = entryMs(fault.campaign);
    const drawnMs = fault.atMs + putOffMs(fault.campaign) - entersMs;
    return { ...fault, atMs: entersMs + spacedBy(ROOMY_DELAYS_MS, drawnMs) };
  },
} satisfies FaultDefinition<Redelivery>;

function draftOf({ entry, delayMs }: { entry: number; delayMs: number }): FaultDraft<Redelivery> {
  return {
    place: PLACE,
    among(entries) {
      const redelivered = entries[entry % entries.length];
      if (redelivered === undefined) throw new RangeError('a scenario has at least one entry');
      return { kind: 'redelivery', campaign: redelivered.campaign, atMs: redelivered.atMs + delayMs };
    },
  };
}
