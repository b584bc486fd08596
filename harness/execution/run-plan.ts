// What one run of a scenario uses in the world: ids, accounts and recipients that no other run of its lane uses.
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

/** The identities of one run. */
export interface RunPlan {
  readonly tenants: readonly PlannedTenant[];
  readonly items: readonly PlannedItem[];
  readonly campaignIds: ReadonlyMap<string, number>;
  /** The item each recipient belongs to. */
  readonly itemOf: ReadonlyMap<string, string>;
}

/** Where a run happens; `run` counts the runs of one slot. */
export interface RunPlace {
  readonly slot: number;
  readonly run: number;
}

/** For a run that has a world of its own. */
const ALONE: RunPlace = { slot: 0, run: 0 };

/** The name of the provider every item is sent through. */
export const PROVIDER = 'twilio';

/** Recipients start with a country code that is assigned to nobody, so that no message could be delivered even if one escaped. */
const UNDELIVERABLE_PREFIX = '+999';

/** Gives the scenario ids from a range of its own. */
export function planRun(scenario: Scenario, place: RunPlace = ALONE): RunPlan {
  const base = place.run * 100;
  const tenants = scenario.tenants.map((tenant, index) => ({
    ...tenant,
    tenantId: base + index + 1,
    account: `AC${place.slot}x${base + index + 1}`,
    token: `token-${place.slot}-${base + index + 1}`,
  }));
  const tenantIds = new Map(tenants.map((tenant) => [tenant.key, tenant.tenantId]));
  const campaignIds = new Map<string, number>();
  const items: PlannedItem[] = [];
  for (const step of scenario.steps) {
    if (step.kind !== 'entry') continue;
    const campaignId = base + campaignIds.size + 1;
    campaignIds.set(step.campaign, campaignId);
    for (let index = 1; index <= step.messages; index += 1) {
      const itemId = place.run * 200 + items.length + 1;
      const digits = `${String(place.slot).padStart(2, '0')}${String(itemId).padStart(8, '0')}`;
      const item = `${step.campaign}#${index}`;
      items.push({
        item,
        itemId,
        campaign: step.campaign,
        campaignId,
        tenant: step.tenant,
        tenantId: tenantIds.get(step.tenant) ?? 0,
        recipient: `${UNDELIVERABLE_PREFIX}${digits}`,
        body: `message ${item}`,
      });
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
