// The times of a system that its histories carry.
import type { Timings } from '../formats/history.ts';

/** Takes them out of all that is known of a system. */
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
