// Selects the timings of a system that its histories record.
import type { Timings } from '../formats/history.ts';

/** Copies these timings out of an object that can hold more. */
export function timingsOf(known: Timings): Timings {
  const { providerTimeoutMs, leaseMs, breakerProbeAfterMs, flagStalenessMs, reconcileGraceMs } = known;
  const { breakerFailures, breakerWindowMs, breakerProbes } = known;
  return {
    providerTimeoutMs,
    leaseMs,
    breakerProbeAfterMs,
    flagStalenessMs,
    breakerFailures,
    breakerWindowMs,
    breakerProbes,
    reconcileGraceMs,
  };
}
