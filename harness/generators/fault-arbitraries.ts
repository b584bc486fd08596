// Arbitraries of the single faults. Windows open at 0, before the traffic: a toxic added later misses what is under way already.
import * as fc from 'fast-check';
import type { Fault } from '../formats/fault.ts';
import {
  CRASH_TIMES_MS,
  CUT_BYTES,
  LATENCIES_MS,
  PROVIDER_DELAYS_MS,
  PROVIDER_OUTCOMES,
  REDELIVERY_DELAYS_MS,
  RESTART_DELAYS_MS,
  WINDOW_ENDS_MS,
} from './magnitudes.ts';

/** A redelivery before it knows the campaigns of its scenario. */
interface RedeliveryDraft {
  readonly kind: 'redelivery-draft';
  readonly entry: number;
  readonly delayMs: number;
}

/** A fault, or the draft of one that depends on the steps. */
export type FaultDraft = Fault | RedeliveryDraft;

const window = { fromMs: fc.constant(0), untilMs: fc.constantFrom(...WINDOW_ENDS_MS) };
const stream = fc.constantFrom('downstream' as const, 'upstream' as const);
const process = fc.constantFrom('service' as const, 'legacy' as const);

const latency = fc.record({
  kind: fc.constant('latency' as const),
  stream,
  latencyMs: fc.constantFrom(...LATENCIES_MS),
  jitterMs: fc.constantFrom(0, 0, 0, 50),
  ...window,
});
const blackhole = fc.record({ kind: fc.constant('blackhole' as const), stream, ...window });
const reset = fc.record({ kind: fc.constant('reset' as const), stream, ...window });
const cut = fc.record({ kind: fc.constant('cut' as const), stream, bytes: fc.constantFrom(...CUT_BYTES), ...window });
const refuse = fc.record({ kind: fc.constant('refuse' as const), ...window });
const breakerOpen = fc.record({
  kind: fc.constant('breaker-open' as const),
  breaker: fc.constantFrom('live' as const, 'dry' as const),
  fromMs: fc.constant(0),
});
const provider = fc
  .record({
    outcome: fc.constantFrom(...PROVIDER_OUTCOMES),
    slowMs: fc.constantFrom(...PROVIDER_DELAYS_MS),
    system: process,
    ...window,
  })
  .map(({ outcome, slowMs, system, fromMs, untilMs }): Fault => ({
    kind: 'provider',
    system,
    outcome,
    delayMs: outcome === 'slow' ? slowMs : 0,
    fromMs,
    untilMs,
  }));
const crash = fc.record({
  kind: fc.constant('crash' as const),
  process,
  atMs: fc.constantFrom(...CRASH_TIMES_MS),
  restartAfterMs: fc.constantFrom(...RESTART_DELAYS_MS),
});
const redelivery = fc.record({
  kind: fc.constant('redelivery-draft' as const),
  entry: fc.nat({ max: 2 }),
  delayMs: fc.constantFrom(...REDELIVERY_DELAYS_MS),
});

/** One fault of any kind that a system meets in the wild; a blank uuid and tampered logs are for the gates alone. */
export const faultDraftArbitrary: fc.Arbitrary<FaultDraft> = fc.oneof(
  { weight: 5, arbitrary: latency },
  { weight: 1, arbitrary: blackhole },
  { weight: 2, arbitrary: reset },
  { weight: 1, arbitrary: cut },
  { weight: 2, arbitrary: refuse },
  { weight: 1, arbitrary: breakerOpen },
  { weight: 4, arbitrary: provider },
  { weight: 3, arbitrary: crash },
  { weight: 3, arbitrary: redelivery },
);

/**
 * The place a fault acts on. A scenario has at most one fault a place: two faults of the link hide each other (nothing can be delayed
 * where nothing arrives), and a fault that cannot bite proves nothing.
 */
export function faultPlace(fault: FaultDraft): string {
  switch (fault.kind) {
    case 'provider':
      return `provider of ${fault.system}`;
    case 'crash':
      return `process ${fault.process}`;
    case 'redelivery':
    case 'redelivery-draft':
      return 'delivery';
    case 'missing-uuid':
    case 'tamper':
      return fault.kind;
    default:
      return 'link';
  }
}
