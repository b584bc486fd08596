// The suites of properties, by the invariants of the migration. Together they contain every property.
import { admission } from '../../harness/checkers/admission.ts';
import { atMostOnce } from '../../harness/checkers/at-most-once.ts';
import { batchBijection } from '../../harness/checkers/batch-bijection.ts';
import { breakerCloses } from '../../harness/checkers/breaker-closes.ts';
import { breaker } from '../../harness/checkers/breaker.ts';
import { budget } from '../../harness/checkers/budget.ts';
import { claimsEnd } from '../../harness/checkers/claims-end.ts';
import { conservation } from '../../harness/checkers/conservation.ts';
import { convergence } from '../../harness/checkers/convergence.ts';
import { durableBeforeEffect } from '../../harness/checkers/durable-before-effect.ts';
import { dryRunPurity } from '../../harness/checkers/dry-run-purity.ts';
import { fallbackWorks } from '../../harness/checkers/fallback-works.ts';
import { fenced } from '../../harness/checkers/fenced.ts';
import { noFaultNoDoubt, terminal } from '../../harness/checkers/liveness.ts';
import { logEvidence } from '../../harness/checkers/log-evidence.ts';
import { logTruth } from '../../harness/checkers/log-truth.ts';
import { flipsConverge } from '../../harness/checkers/flips-converge.ts';
import { modeConformance } from '../../harness/checkers/mode-conformance.ts';
import { noLazyUnknown } from '../../harness/checkers/no-lazy-unknown.ts';
import { payloadBound } from '../../harness/checkers/payload-bound.ts';
import { modePinning } from '../../harness/checkers/mode-pinning.ts';
import { quotaOnce } from '../../harness/checkers/quota-once.ts';
import { reconciliationIsTrue } from '../../harness/checkers/reconciliation-is-true.ts';
import { shadowTransparency } from '../../harness/checkers/shadow-transparency.ts';
import { singleAuthority } from '../../harness/checkers/single-authority.ts';
import { tenantIsolation } from '../../harness/checkers/tenant-isolation.ts';
import { truthfulDuplicate } from '../../harness/checkers/truthful-duplicate.ts';
import { truthfulTerminal } from '../../harness/checkers/truthful-terminal.ts';
import { truthfulUser } from '../../harness/checkers/truthful-user.ts';
import { uuidOnce } from '../../harness/checkers/uuid-once.ts';
import { writers } from '../../harness/checkers/writers.ts';
import type { Fault } from '../../harness/formats/fault.ts';
import type { Scenario } from '../../harness/formats/scenario.ts';
import { BREAKER_STRATA } from '../../harness/generators/breaker-strata.ts';
import { PROBE_STRATA } from '../../harness/generators/probe-strata.ts';
import { CAMPAIGN, campaignScenario, FROM_THE_START } from '../../harness/generators/campaign-scenario.ts';
import { TWIN_STRATA } from '../../harness/generators/twin-strata.ts';
import type { PropertySuite } from './property-suite.ts';
import {
  enters,
  flips,
  hasOnly,
  isProviderFailure,
  isRefused,
  isSlow,
  losesAnswer,
  reconciles,
} from './sample-scenarios.ts';

const TAMPERED = [
  'missing_in_go',
  'missing_in_laravel',
  'status_mismatch',
  'provider_message_id_mismatch',
  'provider_message_id_null_in_go',
  'duplicate_in_laravel',
] as const;

/** All suites: those of the invariants first. */
export const SUITES: readonly PropertySuite[] = [
  {
    // Invariant 1: one system sends a message, if mode and cause allow it, within the budget, and logs it.
    name: 'single authority',
    checkers: [atMostOnce, singleAuthority, fenced, durableBeforeEffect, modeConformance, budget, logEvidence],
    kinds: [
      (scenario) => enters(scenario, 'ON') && hasOnly(scenario, losesAnswer),
      (scenario) => enters(scenario, 'ON') && hasOnly(scenario, isRefused),
      (scenario) => enters(scenario, 'SHADOW') && scenario.faults.length === 0,
      (scenario) => enters(scenario, null) && scenario.faults.length === 0,
    ],
    always: [],
  },
  {
    // Invariant 2: a message has one uuid, made before its first request, with any outcome of the call.
    name: 'uuid once',
    checkers: [uuidOnce],
    kinds: [
      (scenario) => enters(scenario, 'ON') && hasOnly(scenario, losesAnswer),
      (scenario) => enters(scenario, 'ON') && hasOnly(scenario, isRefused),
    ],
    always: [
      campaignScenario({
        name: 'missing uuid',
        mode: 'ON',
        faults: [{ kind: 'missing-uuid', item: `${CAMPAIGN.campaign}#1` }],
      }),
    ],
  },
  {
    // Invariant 3: each log has one writer, and its rows are true.
    name: 'writers',
    checkers: [writers, logTruth],
    kinds: [(scenario) => enters(scenario, 'ON') && hasOnly(scenario, isRefused)],
    always: [],
  },
  {
    // Invariant 4: a message is charged at most once, balances fall by what was charged, and no tenant sends on another's account.
    name: 'quota and accounts',
    checkers: [quotaOnce, conservation, tenantIsolation],
    kinds: [
      (scenario) => scenario.tenants.length > 1 && enters(scenario, 'ON') && hasOnly(scenario, losesAnswer),
      (scenario) => enters(scenario, 'ON') && hasOnly(scenario, isRefused),
    ],
    always: [],
  },
  {
    // A message is sent with the number and the text that it entered with.
    name: 'payloads',
    checkers: [payloadBound],
    kinds: [
      (scenario) => enters(scenario, 'ON', 2) && scenario.faults.length === 0,
      (scenario) => enters(scenario, 'OFF', 2) && scenario.faults.length === 0,
    ],
    always: [],
  },
  {
    // The service's answer has a result for each message of the request, and it is what the provider said.
    name: 'truthful answers',
    checkers: [truthfulDuplicate, truthfulTerminal, batchBijection],
    kinds: [
      (scenario) => enters(scenario, 'ON') && hasOnly(scenario, losesAnswer),
      (scenario) => enters(scenario, 'ON') && hasOnly(scenario, isProviderFailure),
      (scenario) => enters(scenario, 'ON', 2) && hasOnly(scenario, isRefused),
    ],
    always: [
      askedAgain(),
      askedAgain({ outcome: 'slow', delayMs: 300 }),
      askedAgain({ outcome: 'reject', delayMs: 0 }),
    ],
  },
  {
    // A rehearsal has no effect, and no user notices it.
    name: 'rehearsals',
    checkers: [dryRunPurity, shadowTransparency],
    kinds: [(scenario) => enters(scenario, 'SHADOW') && scenario.faults.length === 0],
    always: TWIN_STRATA.map(({ title, build }, seed) => ({
      format: 'onesend.scenario/1',
      name: title,
      seed,
      ...build(0),
    })),
  },
  {
    // A message keeps the mode that was flagged when it entered; messages after a flip get the new mode.
    name: 'modes',
    checkers: [modePinning, flipsConverge],
    kinds: [flips, (scenario) => flips(scenario) && hasOnly(scenario, losesAnswer)],
    always: [],
  },
  {
    // Every message of a campaign enters if it can be paid for, and the user gets a true answer.
    name: 'entries',
    checkers: [admission, truthfulUser],
    kinds: [(scenario) => enters(scenario, 'ON') && hasOnly(scenario, losesAnswer)],
    always: [
      campaignScenario({ name: 'more messages than are read at once', messages: 9 }),
      campaignScenario({ name: 'near numbers', messages: 2, numbers: 'near' }),
      campaignScenario({ name: 'as many units as messages', messages: 2, quota: 2 }),
      campaignScenario({ name: 'a unit fewer than messages', messages: 2, quota: 1 }),
      campaignScenario({
        name: 'an entry that is turned down',
        faults: [{ kind: 'missing-uuid', item: `${CAMPAIGN.campaign}#1` }],
      }),
    ],
  },
  {
    // Every message ends: with a known outcome without faults, and by the fallback while the service cannot be reached.
    name: 'liveness',
    checkers: [terminal, noFaultNoDoubt, fallbackWorks, noLazyUnknown, convergence, claimsEnd],
    kinds: [
      (scenario) => enters(scenario, 'ON', 2) && hasOnly(scenario, isRefused),
      (scenario) => enters(scenario, 'ON') && scenario.faults.length === 0,
      (scenario) => enters(scenario, 'ON') && hasOnly(scenario, isSlow),
    ],
    always: [
      campaignScenario({
        name: 'a message long after a doubt',
        faults: [
          { kind: 'provider', system: 'service', outcome: 'accept-lose-reply', delayMs: 0, fromMs: 0, untilMs: 500 },
        ],
        steps: [{ kind: 'entry', campaign: 'campaign-2', tenant: CAMPAIGN.tenant, messages: 1, atMs: 2_500 }],
      }),
      campaignScenario({
        name: 'a caller that goes during a send',
        faults: [
          { kind: 'provider', system: 'service', outcome: 'slow', delayMs: 600, ...FROM_THE_START },
          { kind: 'crash', process: 'legacy', atMs: 150, restartAfterMs: 200 },
        ],
      }),
    ],
  },
  {
    // The breakers: which calls they refuse, when they open, and how they close.
    name: 'breakers',
    checkers: [breaker, breakerCloses],
    kinds: [(scenario) => enters(scenario, 'ON') && hasOnly(scenario, ({ kind }) => kind === 'breaker-open')],
    always: [...BREAKER_STRATA, ...PROBE_STRATA].map(({ title, build }) => ({
      format: 'onesend.scenario/1',
      name: title,
      seed: 0,
      ...build(0),
    })),
  },
  {
    // Reconciliation reports every difference of the logs and nothing else, also while messages are under way.
    name: 'reconciliation',
    checkers: [reconciliationIsTrue],
    kinds: [(scenario) => enters(scenario, 'SHADOW') && reconciles(scenario)],
    always: [
      campaignScenario({
        name: 'every way to tamper with the logs',
        messages: TAMPERED.length + 1,
        faults: TAMPERED.map((mismatch, index) => ({
          kind: 'tamper',
          mismatch,
          item: `${CAMPAIGN.campaign}#${index + 1}`,
        })),
        reconcile: true,
      }),
      campaignScenario({
        name: 'reconciled while the answer is on its way',
        faults: [{ kind: 'latency', stream: 'downstream', latencyMs: 300, jitterMs: 0, ...FROM_THE_START }],
        steps: [{ kind: 'reconcile', atMs: 150 }],
      }),
    ],
  },
];

/** The service gets the same messages again while its first answer is in flight, later than the legacy app waits. */
function askedAgain(provider?: { outcome: 'slow' | 'reject'; delayMs: number }): Scenario {
  const late: Fault = { kind: 'latency', stream: 'downstream', latencyMs: 700, jitterMs: 0, ...FROM_THE_START };
  const again: Fault = { kind: 'redelivery', campaign: CAMPAIGN.campaign, atMs: CAMPAIGN.atMs + 150 };
  const answers: readonly Fault[] =
    provider === undefined ? [] : [{ kind: 'provider', system: 'service', ...provider, ...FROM_THE_START }];
  return campaignScenario({ name: 'asked again', messages: 2, faults: [late, again, ...answers] });
}
