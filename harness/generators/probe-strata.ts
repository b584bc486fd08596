// The strata of a breaker that is OPEN when all is well: a message comes along long after it may probe.
import type { Mode } from '../../src/contract/mode.ts';
import type { Stratum } from './stratum.ts';

/** By then a breaker that was OPEN from the start has had the time to probe, with all that a busy machine may add. */
const LONG_AFTER_MS = 2_400;

function probed(breaker: 'live' | 'dry', mode: Mode): Stratum {
  return {
    title: `a ${breaker} breaker that is OPEN, and messages long after it may probe, ${mode}`,
    build: () => ({
      tenants: [{ key: 'tenant-1', mode, quota: 100 }],
      steps: [{ kind: 'entry', campaign: 'campaign-1', tenant: 'tenant-1', messages: 12, atMs: LONG_AFTER_MS }],
      faults: [{ kind: 'breaker-open', breaker, fromMs: 0 }],
    }),
  };
}

/** All of them. */
export const PROBE_STRATA: readonly Stratum[] = [probed('live', 'ON'), probed('dry', 'SHADOW')];
