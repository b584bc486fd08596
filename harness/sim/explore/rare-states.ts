// Scenarios for states that random draws reach too rarely to rely on them.
import type { Mode } from '../../../src/contract/mode.ts';
import { faultLabel } from '../../faults/catalogue.ts';
import type { Fault } from '../../formats/fault.ts';
import type { Scenario, Step } from '../../formats/scenario.ts';
import { CAMPAIGN, campaignScenario } from '../../generators/campaign-scenario.ts';

/** All of them. */
export function rareStateScenarios(seed: number): Scenario[] {
  return [
    breakerThatProbes(seed),
    ...DISTURBANCES.map(([mode, fault]) => messageLongAfter(seed, { mode, fault })),
    ...dimensions(seed),
  ];
}

const CAMPAIGNS = 6;

/** One burst of calls that all fail, and one call after the pause of the breaker: it opens, and then probes. */
function breakerThatProbes(seed: number): Scenario {
  const burst = Array.from({ length: CAMPAIGNS - 1 }, (_, index) => entry(index + 2, 101 + index));
  return campaignScenario({
    name: 'a burst of failing calls opens the breaker',
    seed,
    atMs: 100,
    steps: [...burst, entry(CAMPAIGNS + 1, 1_700)],
    faults: [{ kind: 'reset', stream: 'downstream', fromMs: 0, untilMs: 1_000 }],
  });
}

const EARLY = { fromMs: 0, untilMs: 500 };

/** What may leave a system damaged, with a mode in which it strikes. */
const DISTURBANCES: readonly (readonly [Mode, Fault])[] = [
  ['ON', { kind: 'provider', system: 'service', outcome: 'accept-lose-reply', delayMs: 0, ...EARLY }],
  ['OFF', { kind: 'provider', system: 'legacy', outcome: 'accept-lose-reply', delayMs: 0, ...EARLY }],
  ['ON', { kind: 'blackhole', stream: 'downstream', ...EARLY }],
  ['SHADOW', { kind: 'refuse', ...EARLY }],
  ['ON', { kind: 'crash', process: 'service', atMs: CAMPAIGN.atMs + 1, restartAfterMs: 300 }],
];

/** Nothing that these faults may have set off lasts so long. */
const LONG_AFTER_MS = 3_500;

/** A message that enters when nothing excuses its system any more. */
function messageLongAfter(seed: number, { mode, fault }: { mode: Mode; fault: Fault }): Scenario {
  return campaignScenario({
    name: `a message long after ${faultLabel(fault)}`,
    seed,
    mode,
    faults: [fault],
    steps: [entry(2, LONG_AFTER_MS)],
  });
}

/** Campaigns, accounts and hosts of kinds that random draws rarely have. */
function dimensions(seed: number): Scenario[] {
  const sent = { seed, mode: 'ON' } as const;
  return [
    campaignScenario({ ...sent, name: 'a campaign of 40', messages: 40 }),
    campaignScenario({ ...sent, name: 'equal numbers', messages: 2, numbers: 'equal', reconcile: true }),
    campaignScenario({ ...sent, name: 'a unit too few', messages: 2, quota: 1 }),
    { ...campaignScenario({ ...sent, name: 'two service processes' }), serviceInstances: 2 },
    { ...campaignScenario({ ...sent, name: 'clocks apart' }), skewMicros: { legacy: -900_000, service: 0 } },
  ];
}

function entry(number: number, atMs: number): Step {
  return { kind: 'entry', campaign: `campaign-${number}`, tenant: CAMPAIGN.tenant, messages: 1, atMs };
}
