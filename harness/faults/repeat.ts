// repeat: a third client sends the service the uuid of an existing message, with another recipient or another text. It waits for the
// service's attempt to send that message, then sends its request after a delay, directly to the service, past the link and its taps.
import * as fc from 'fast-check';
import { z } from 'zod';
import { type FaultDefinition, type FaultDraft, NO_DELAY } from './definition.ts';
import { type Spacing, spacedBy } from './fields.ts';

/** The part of the payload that the client changes. */
export const REPEAT_CHANGES = ['text', 'number'] as const;

const schema = z.strictObject({
  kind: z.literal('repeat'),
  item: z.string(),
  changes: z.enum(REPEAT_CHANGES),
  /** How many milliseconds after the attempt the client sends its request. */
  afterMs: z.int().min(0).max(10_000),
});

type RepeatFault = z.infer<typeof schema>;

const PLACE = 'client';

/** While the outcome of the send is being recorded, after the send has ended, and at once. */
export const REPEAT_DELAYS_MS = [300, 700, 0] as const;

/** After the send has ended. */
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
  // Applied from the start: the client waits for the attempt.
  actions: (_fault, index) => [{ kind: 'apply', atMs: 0, fault: index }],
  longestDelay: () => NO_DELAY,
  // No obstacle: the systems can always refuse the request.
  obstacle: () => undefined,
  random: {
    // Random scenarios do not draw it: a weight would change every draw of every seed. Strata contain it, and on the simulated lane a
    // decision can repeat the uuid of any attempt.
    weight: 0,
    drafts: fc
      .record({
        entry: fc.nat({ max: 2 }),
        changes: fc.constantFrom(...REPEAT_CHANGES),
        afterMs: fc.constantFrom(...REPEAT_DELAYS_MS),
      })
      .map(draftOf),
  },
  // No samples: a sample has one message and so one chance to take effect. Strata repeat the uuids of a whole campaign.
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
