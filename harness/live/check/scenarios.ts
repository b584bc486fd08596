// The scenarios of a check: a message in each mode with one more after a flip, and a single message in ON, also with an OPEN breaker, with a
// refused call and with a removed row.
import type { Mode } from '../../../src/contract/mode.ts';
import { SAMPLE_WINDOW } from '../../faults/fields.ts';
import type { Scenario, Step } from '../../formats/scenario.ts';

/** The time between two messages. A system normally handles one message sooner; messages that overlap do no harm. */
const GAP_MS = 400;
/** The longest time that a scenario can wait for a flag. */
const STALENESS_MS_MAX = 50_000;

/** The campaign of the message in each mode. */
export const CAMPAIGNS = { OFF: 'check-off', SHADOW: 'check-shadow', ON: 'check-on' } as const satisfies Record<
  Mode,
  string
>;

/** The campaign of the tenant of OFF that enters after its mode was flagged ON. */
export const FLIPPED = 'check-flipped';

/** The flip before that campaign. */
export const FLIP = { tenant: 'off', mode: 'ON' } as const;

/** The units that each tenant has. */
export const QUOTA = 10;

/** A message in each mode, and one after a flip. */
export function modesScenario({ flagStalenessMs }: { readonly flagStalenessMs: number }): Scenario {
  const flippedMs = 3 * GAP_MS + Math.min(flagStalenessMs, STALENESS_MS_MAX);
  return {
    format: 'onesend.scenario/1',
    name: 'check: a message in each mode',
    seed: 0,
    tenants: [
      { key: 'off', mode: 'OFF', quota: QUOTA },
      { key: 'shadow', mode: 'SHADOW', quota: QUOTA },
      { key: 'on', mode: 'ON', quota: QUOTA },
    ],
    steps: [
      entry(CAMPAIGNS.OFF, 'off', 0),
      entry(CAMPAIGNS.SHADOW, 'shadow', GAP_MS),
      entry(CAMPAIGNS.ON, 'on', 2 * GAP_MS),
      { kind: 'flip', ...FLIP, atMs: 2 * GAP_MS },
      entry(FLIPPED, 'off', flippedMs),
      { kind: 'reconcile' },
    ],
    faults: [],
  };
}

/** The campaign of a single message. */
export const ONE_CAMPAIGN = 'check-one';

/** One message in ON. */
export const ONE_ON_SCENARIO: Scenario = {
  format: 'onesend.scenario/1',
  name: 'check: a message in ON',
  seed: 0,
  tenants: [{ key: 'on', mode: 'ON', quota: QUOTA }],
  steps: [entry(ONE_CAMPAIGN, 'on', 0)],
  faults: [],
};

/** One message in ON, with the breaker OPEN. */
export const BREAKER_SCENARIO: Scenario = {
  ...ONE_ON_SCENARIO,
  name: 'check: a breaker that is OPEN',
  faults: [{ kind: 'breaker-open', breaker: 'live', fromMs: 0 }],
};

/** One message in ON, whose call to the service is refused. */
export const REFUSED_SCENARIO: Scenario = {
  ...ONE_ON_SCENARIO,
  name: 'check: a call that is refused',
  faults: [{ kind: 'refuse', ...SAMPLE_WINDOW }],
};

/** A message in ON whose row in the log of the legacy app the rig removes, so that the reconciliation has a mismatch to report. */
export const RECONCILE_SCENARIO: Scenario = {
  ...ONE_ON_SCENARIO,
  name: 'check: a row that is missing',
  steps: [...ONE_ON_SCENARIO.steps, { kind: 'reconcile' }],
  faults: [{ kind: 'tamper', mismatch: 'missing_in_laravel', item: `${ONE_CAMPAIGN}#1` }],
};

function entry(campaign: string, tenant: string, atMs: number): Step {
  return { kind: 'entry', campaign, tenant, messages: 1, atMs };
}
