// repeat: a client that is none of the two systems repeats the uuid of a message to the service, with another recipient or another text. It
// has seen the service's attempt to send the message, and asks some time after it, past the link and its taps.
import * as fc from 'fast-check';
import { z } from 'zod';
import { type FaultDefinition, type FaultDraft, NO_DELAY } from './definition.ts';
import { type Spacing, spacedBy } from './fields.ts';

/** What differs from the payload that the uuid was made for. */
export const REPEAT_CHANGES = ['text', 'number'] as const;

const schema = z.strictObject({
  kind: z.literal('repeat'),
  item: z.string(),
  changes: z.enum(REPEAT_CHANGES),
  /** How long after the attempt. */
  afterMs: z.int().min(0).max(10_000),
});

type RepeatFault = z.infer<typeof schema>;

const PLACE = 'client';

/** While the send is being recorded, when it is over, and at once. */
export const REPEAT_DELAYS_MS = [300, 700, 0] as const;

/** When the send is over. */
const ROOMY_DELAYS_MS: Spacing = [[Infinity, 700]];

/** A client repeats a uuid with another payload. */
export const repeat = {
  schema,
  labels: [{ label: 'repeat', phases: ['P7', 'P12'], causesAmbiguity: false, preventsSending: false }],
  label: () => 'repeat',
  words: ({ item, changes, afterMs }) => `uuid of ${item} repeated with another ${changes} after ${afterMs} ms`,
  shortWords: ({ changes }) => `another ${changes}`,
  place: () => PLACE,
  window: () => undefined,
  // It lies in wait for the attempt.
  actions: (_fault, index) => [{ kind: 'apply', atMs: 0, fault: index }],
  longestDelay: () => NO_DELAY,
  // The two systems have no part in it but to refuse it.
  obstacle: () => undefined,
  random: {
    // Never, so far: a weight would change every draw of every seed. Strata hold it; and in the simulated lane a decision can
    // repeat the uuid of every attempt.
    weight: 0,
    drafts: fc
      .record({
        entry: fc.nat({ max: 2 }),
        changes: fc.constantFrom(...REPEAT_CHANGES),
        afterMs: fc.constantFrom(...REPEAT_DELAYS_MS),
      })
      .map(draftOf),
  },
  // One message would make one chance: strata repeat a whole campaign.
  samples: [],
  plainNumbers: { afterMs: [300, 700] },
  moved: (fault, byMs) => ({ ...fault, afterMs: Math.max(0, fault.afterMs + byMs) }),
  spaced: (fault) => ({ ...fault, afterMs: spacedBy(ROOMY_DELAYS_MS, fault.afterMs) }),
} satisfies FaultDefinition<RepeatFault>;

function draftOf({
  entry,
  ...drawn
}: Pick<RepeatFault, 'changes' | 'afterMs'> & { entry: number }): FaultDraft<RepeatFault> {
  return {
    place: PLACE,
    among(entries) {
      const repeated = entries[entry % entries.length];
      if (repeated === undefined) throw new RangeError('a scenario has at least one entry');
      return { kind: 'repeat', item: `${repeated.campaign}#1`, ...drawn };
    },
  };
}
