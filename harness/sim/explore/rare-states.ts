// Cases for states that random scenarios reach too rarely to be relied on.
import type { Role } from '../../../src/contract/message.ts';
import type { Mode } from '../../../src/contract/mode.ts';
import { faultLabel } from '../../faults/catalogue.ts';
import type { Case, Deviation } from '../../formats/case.ts';
import type { Fault } from '../../formats/fault.ts';
import type { Scenario } from '../../formats/scenario.ts';
import { BREAKER_STRATA } from '../../generators/breaker-strata.ts';
import { CAMPAIGN, campaignScenario } from '../../generators/campaign-scenario.ts';
import { PROBE_STRATA } from '../../generators/probe-strata.ts';
import { RECOVERY_STRATA, SURFACED } from '../../generators/recovery-strata.ts';
import type { Stratum } from '../../generators/stratum.ts';
import { TWIN_STRATA } from '../../generators/twin-strata.ts';

/** All these cases. */
export function rareStates(seed: number): Case[] {
  const undisturbed = [
    ...DISTURBANCES.map(([mode, fault]) => messageLongAfter(seed, { mode, fault })),
    endDuringSend(seed, { mode: 'ON', process: 'service' }),
    endDuringSend(seed, { mode: 'OFF', process: 'legacy' }),
    ...dimensions(seed),
    ...[...BREAKER_STRATA, ...PROBE_STRATA, ...RECOVERY_STRATA, ...TWIN_STRATA].map((stratum) =>
      scenarioOf(seed, stratum),
    ),
  ];
  return [
    ...undisturbed.map((scenario) => ({ scenario, deviations: [] })),
    { scenario: scenarioOf(seed, SURFACED), deviations: [PAUSED_BEFORE_IT_SETTLES] },
  ];
}

/** The service is paused from the provider's answer until recovery is over. */
const PAUSED_BEFORE_IT_SETTLES: Deviation = { site: 'service', key: 'service-1', attempt: 9, choice: 'pause' };

function scenarioOf(seed: number, { title, build }: Stratum): Scenario {
  return { format: 'onesend.scenario/1', name: title, seed, ...build(0) };
}

const EARLY = { fromMs: 0, untilMs: 500 };

/** Faults that can leave a system damaged, each with a mode in which it takes effect. */
const DISTURBANCES: readonly (readonly [Mode, Fault])[] = [
  ['ON', { kind: 'provider', system: 'service', outcome: 'accept-lose-reply', delayMs: 0, ...EARLY }],
  ['OFF', { kind: 'provider', system: 'legacy', outcome: 'accept-lose-reply', delayMs: 0, ...EARLY }],
  ['ON', { kind: 'blackhole', stream: 'downstream', ...EARLY }],
  ['SHADOW', { kind: 'refuse', ...EARLY }],
  ['ON', { kind: 'crash', process: 'service', atMs: CAMPAIGN.atMs + 1, restartAfterMs: 300 }],
];

/** When the second campaign enters: all effects of these faults are over by then. */
const LONG_AFTER_MS = 3_500;

/** A message that enters when the fault does not excuse any system any more. */
function messageLongAfter(seed: number, { mode, fault }: { mode: Mode; fault: Fault }): Scenario {
  return campaignScenario({
    name: `a message long after ${faultLabel(fault)}`,
    seed,
    mode,
    faults: [fault],
    steps: [{ kind: 'entry', campaign: 'campaign-2', tenant: CAMPAIGN.tenant, messages: 1, atMs: LONG_AFTER_MS }],
  });
}

/** A process is asked to shut down while it waits for its provider's answer, and the grace is long enough for that answer. */
function endDuringSend(seed: number, { mode, process }: { mode: Mode; process: Role }): Scenario {
  const slow = { kind: 'provider', system: process, outcome: 'slow', delayMs: 450, ...EARLY } as const;
  const asked = { kind: 'terminate', process, atMs: CAMPAIGN.atMs + 50, graceMs: 600, restartAfterMs: 200 } as const;
  return campaignScenario({ name: `${process} is asked to end during a send`, seed, mode, faults: [slow, asked] });
}

/** Campaigns, accounts and hosts that random scenarios rarely have. */
function dimensions(seed: number): Scenario[] {
  const sent = { seed, mode: 'ON' } as const;
  return [
    campaignScenario({ ...sent, name: 'a campaign of 40', messages: 40 }),
    campaignScenario({ ...sent, name: 'equal numbers', messages: 2, numbers: 'equal', reconcile: true }),
    campaignScenario({ ...sent, name: 'two providers', messages: 2, providers: ['twilio', 'vonage'] }),
    campaignScenario({ ...sent, name: 'a unit too few', messages: 2, quota: 1 }),
    { ...campaignScenario({ ...sent, name: 'two service processes' }), serviceInstances: 2 },
    { ...campaignScenario({ ...sent, name: 'clocks apart' }), skewMicros: { legacy: -900_000, service: 0 } },
  ];
}
