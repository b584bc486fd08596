// latency: requests or answers arrive later.
import * as fc from 'fast-check';
import { z } from 'zod';
import { type FaultDefinition, NO_DELAY } from './definition.ts';
import { pick, PLAIN_WINDOW, randomWindow, role, type Spacing, spacedBy, STREAMS } from './fields.ts';
import { LINK_FAULT, linkDrafts, linkLabels, streamFields, streamSamples } from './link.ts';

const schema = z.strictObject({
  kind: z.literal('latency'),
  latencyMs: z.int().min(1).max(10_000),
  jitterMs: z.int().min(0).max(1_000),
  /** The process that was late, by itself or because of its database or clock. Absent if the link caused the delay. Only on the sim lane. */
  heldUp: z.exactOptional(role),
  ...streamFields,
});

/** Delays below, around and far past the budget of 500 ms. */
const LATENCIES_MS = [700, 1_200, 510, 490, 300] as const;

/** Far below the budget, but too much for an answer that the service gives at 400 ms; or far past the budget. */
const ROOMY_LATENCIES_MS: Spacing = [
  [500, 180],
  [700, 900],
  [Infinity, 1_300],
];

/** Requests or answers arrive later. */
export const latency = {
  ...LINK_FAULT,
  schema,
  labels: linkLabels('latency'),
  label: (fault) => `latency ${fault.stream}`,
  words: ({ stream: way, latencyMs, jitterMs, heldUp }) => {
    if (heldUp !== undefined) return `${heldUp} held up ${latencyMs} ms`;
    return `latency ${way} ${latencyMs} ms${jitterMs > 0 ? ` +-${jitterMs}` : ''}`;
  },
  shortWords: ({ latencyMs, heldUp }) => `${heldUp === undefined ? 'late' : 'held up'} ${latencyMs} ms`,
  longestDelay: ({ latencyMs, jitterMs }) => ({ ...NO_DELAY, travelMs: latencyMs + jitterMs }),
  obstacle: ({ heldUp }) => (heldUp === undefined ? undefined : { kind: 'held-up', process: heldUp }),
  random: {
    weight: 5,
    drafts: linkDrafts(
      fc.record({
        kind: fc.constant('latency' as const),
        stream: fc.constantFrom(...STREAMS),
        latencyMs: fc.constantFrom(...LATENCIES_MS),
        jitterMs: fc.constantFrom(0, 0, 0, 50),
        ...randomWindow,
      }),
    ),
  },
  samples: streamSamples('latency', (variant) => ({ latencyMs: pick(LATENCIES_MS, variant), jitterMs: 0 })),
  plainNumbers: { latencyMs: [600, 1_000, 1_200], jitterMs: [0], ...PLAIN_WINDOW },
  moved: (fault, byMs) => ({ ...fault, latencyMs: Math.max(1, fault.latencyMs + byMs) }),
  spaced: (fault, { untilMs }) => ({ ...fault, latencyMs: spacedBy(ROOMY_LATENCIES_MS, fault.latencyMs), untilMs }),
} satisfies FaultDefinition<z.infer<typeof schema>>;
