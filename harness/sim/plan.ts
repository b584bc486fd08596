// What a simulated run uses: ids, accounts and recipients. Every run has a world of its own, so they are the same in each.
import type { History } from '../formats/history.ts';
import type { Scenario } from '../formats/scenario.ts';

/** A tenant of the scenario as it is seeded. */
export interface PlannedTenant {
  readonly key: string;
  readonly tenantId: number;
  readonly mode: string | null;
  readonly quota: number;
  readonly account: string;
  readonly token: string;
}

/** An item of the scenario as it is seeded. */
export interface PlannedItem {
  readonly item: string;
  readonly itemId: number;
  readonly campaign: string;
  readonly campaignId: number;
  readonly tenant: string;
  readonly tenantId: number;
  readonly recipient: string;
  readonly body: string;
}

/** The identities of a run. */
export interface RunPlan {
  readonly tenants: readonly PlannedTenant[];
  readonly items: readonly PlannedItem[];
  readonly campaignIds: ReadonlyMap<string, number>;
  /** The item each recipient belongs to. */
  readonly itemOf: ReadonlyMap<string, string>;
}

/** The name of the provider every item is sent through. */
export const PROVIDER = 'twilio';

/** Recipients start with a country code that is assigned to nobody. */
const UNDELIVERABLE_PREFIX = '+999';

/** The plan of a scenario. */
export function planRun(scenario: Scenario): RunPlan {
  const tenants = scenario.tenants.map(({ key, mode, quota }, index) => ({
    key,
    mode,
    quota,
    tenantId: index + 1,
    account: `AC${index + 1}`,
    token: `token-${index + 1}`,
  }));
  const campaignIds = new Map<string, number>();
  const items: PlannedItem[] = [];
  for (const step of scenario.steps) {
    if (step.kind !== 'entry') continue;
    const campaignId = campaignIds.size + 1;
    campaignIds.set(step.campaign, campaignId);
    const tenantId = tenants.find((tenant) => tenant.key === step.tenant)?.tenantId ?? 0;
    for (let index = 1; index <= step.messages; index += 1) {
      const itemId = items.length + 1;
      const item = `${step.campaign}#${index}`;
      const recipient = `${UNDELIVERABLE_PREFIX}${String(itemId).padStart(10, '0')}`;
      const { campaign, tenant } = step;
      items.push({ item, itemId, campaign, campaignId, tenant, tenantId, recipient, body: `message ${item}` });
    }
  }
  return { tenants, items, campaignIds, itemOf: new Map(items.map(({ recipient, item }) => [recipient, item])) };
}

/** The parts of the history's header that come from the plan. */
export function planHeader(plan: RunPlan): Pick<History, 'tenants' | 'items'> {
  return {
    tenants: plan.tenants.map(({ key, tenantId, account, quota }) => ({ key, tenantId, account, quota })),
    items: plan.items.map(({ item, campaign, tenant, recipient, body }) => ({
      item,
      campaign,
      tenant,
      recipient,
      body,
    })),
  };
}
