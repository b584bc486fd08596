// The strata of recovery and reconciliation: both beside traffic, when messages are under way, late, or left behind by a process that died.
import { SAMPLE_WINDOW } from '../faults/fields.ts';
import type { Fault } from '../formats/fault.ts';
import type { Step } from '../formats/scenario.ts';
import type { Stratum } from './stratum.ts';

const CAMPAIGN = 'campaign-1';
const TENANT = { key: 'tenant-1', mode: 'ON', quota: 100 } as const;

/** The provider takes a message of the service so long after it was asked. */
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

/** Messages that are being sent are not for recovery; those that are sent and not yet settled are the reconciliation's. */
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

/** The service goes on with what the legacy app cannot settle: what it sent is missing in the other log until recovery comes. */
export const LEFT_BEHIND = stratum('legacy killed before its log, then reconciled and recovered, ON', 2, {
  steps: [{ kind: 'reconcile', atMs: 1_300 }, { kind: 'recover', atMs: 1_400 }, atTheCut],
  faults: [slowProvider(300), { kind: 'crash', process: 'legacy', atMs: 250, restartAfterMs: 200 }],
});

/** A send takes so long that recovery surfaces it as unknown: it is in doubt, until its holder settles it after all. */
export const SURFACED = stratum('recovery while a send takes long, ON', 1, {
  steps: [{ kind: 'recover', atMs: 1_700 }, atTheCut],
  faults: [slowProvider(900)],
});

/** All of them. */
export const RECOVERY_STRATA: readonly Stratum[] = [BESIDE_TRAFFIC, LEFT_BEHIND];
