// The scenario that most tests and gates start from: one tenant, one campaign, and the faults that the caller names.
import type { Fault } from '../formats/fault.ts';
import type { NUMBERS, PROVIDERS, Scenario, Step } from '../formats/scenario.ts';

/** How a scenario differs from the default: one message in ON, ample quota, no fault. */
export interface CampaignOptions {
  readonly name?: string;
  readonly seed?: number;
  readonly tenant?: string;
  /** The text of the tenant's flag; null for a tenant without a flag. */
  readonly mode?: string | null;
  readonly quota?: number;
  /** Its items are named `campaign#1`, `campaign#2`, ... */
  readonly campaign?: string;
  readonly messages?: number;
  /** The providers that its items are sent through, in turn. */
  readonly providers?: (typeof PROVIDERS)[number][];
  /** How its recipients resemble each other; undefined: not at all. */
  readonly numbers?: (typeof NUMBERS)[number];
  /** When the campaign is triggered, in milliseconds. */
  readonly atMs?: number;
  /** Steps beyond the entry of the campaign. */
  readonly steps?: readonly Step[];
  readonly faults?: readonly Fault[];
  /** Runs the reconciliation command at the quiescent cut. */
  readonly reconcile?: boolean;
}

/** The default names, quota and time of entry. */
export const CAMPAIGN = { tenant: 'tenant-1', campaign: 'campaign-1', quota: 100, atMs: 50 } as const;

/** The window of a fault that is active from the start until every call of the campaign has its answer. */
export const FROM_THE_START = { fromMs: 0, untilMs: 1_500 } as const;

/** The scenario of one tenant with one campaign. */
export function campaignScenario(options: CampaignOptions = {}): Scenario {
  const { name = 'a campaign', seed = 0, mode = 'ON', messages = 1, steps = [], faults = [] } = options;
  const { tenant, campaign, quota, atMs } = { ...CAMPAIGN, ...options };
  const numbers = options.numbers === undefined ? {} : { numbers: options.numbers };
  const providers = options.providers === undefined ? {} : { providers: options.providers };
  return {
    format: 'onesend.scenario/1',
    name,
    seed,
    tenants: [{ key: tenant, mode, quota }],
    steps: [
      { kind: 'entry', campaign, tenant, messages, ...numbers, ...providers, atMs },
      ...steps,
      ...(options.reconcile === true ? [{ kind: 'reconcile' } as const] : []),
    ],
    faults: [...faults],
  };
}
