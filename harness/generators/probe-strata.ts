// Strata with an OPEN breaker and no other fault: messages enter long after the breaker is allowed to probe.
import type { Mode } from '../../src/contract/mode.ts';
import type { Stratum } from './stratum.ts';

/** Late enough that a breaker that was OPEN from the start is allowed to probe, even on a slow machine. */
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

/** Both strata, in the order of a plan. */
export const PROBE_STRATA: readonly Stratum[] = [probed('live', 'ON'), probed('dry', 'SHADOW')];
