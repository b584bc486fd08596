// Strata for recovery and reconciliation, which run while messages are in flight or late, or after a killed process has left some behind.
import { SAMPLE_WINDOW } from '../faults/fields.ts';
import type { Fault } from '../formats/fault.ts';
import type { Step } from '../formats/scenario.ts';
import type { Stratum } from './stratum.ts';

const CAMPAIGN = 'campaign-1';
const TENANT = { key: 'tenant-1', mode: 'ON', quota: 100 } as const;

/** The provider accepts a message of the service `delayMs` after the request. */
function slowProvider(delayMs: number): Fault {
  return { kind: 'provider', system: 'service', outcome: 'slow', delayMs, ...SAMPLE_WINDOW };
}

function stratum(title: string, messages: number, more: { steps: readonly Step[]; faults: readonly Fault[] }): Stratum {
  return {
    title,
    build: () => ({
      tenants: [{ ...TENANT }],
      steps: [{ kind: 'entry', campaign: CAMPAIGN, tenant: TENANT.key, messages, atMs: 100 }, ...more.steps],
      faults: [...more.faults],
    }),
  };
}

const atTheCut: Step = { kind: 'reconcile' };

/** Recovery must not touch messages that are being sent; reconciliation compares those that are sent but not yet settled. */
export const BESIDE_TRAFFIC = stratum('recovery and reconciliation beside traffic, ON', 3, {
  steps: [
    { kind: 'recover', atMs: 101 },
    { kind: 'recover', atMs: 300 },
    { kind: 'reconcile', atMs: 500 },
    { kind: 'reconcile', atMs: 900 },
    atTheCut,
  ],
  faults: [slowProvider(600)],
});

/** The service sends while the legacy app is dead: the message is missing in `sms_logs` until recovery writes it. */
export const LEFT_BEHIND = stratum('legacy killed before its log, then reconciled and recovered, ON', 2, {
  steps: [{ kind: 'reconcile', atMs: 1_300 }, { kind: 'recover', atMs: 1_400 }, atTheCut],
  faults: [slowProvider(300), { kind: 'crash', process: 'legacy', atMs: 250, restartAfterMs: 200 }],
});

/** A send takes so long that recovery surfaces it as UNKNOWN; then its holder settles it after all. */
export const SURFACED = stratum('recovery while a send takes long, ON', 1, {
  steps: [{ kind: 'recover', atMs: 1_700 }, atTheCut],
  faults: [slowProvider(900)],
});

/** The strata of a plan. SURFACED is not among them: only the simulated lane, with a deviation, can time it. */
export const RECOVERY_STRATA: readonly Stratum[] = [BESIDE_TRAFFIC, LEFT_BEHIND];
