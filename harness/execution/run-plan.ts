// The identities of one run of a scenario: ids, accounts and recipients that no other run of its lane uses.
import type { History } from '../formats/history.ts';
import { PROVIDERS, type Scenario, type Step } from '../formats/scenario.ts';
import { ItemFinder } from '../history/item-finder.ts';

/** A tenant of the scenario as it is seeded. */
export interface PlannedTenant {
  readonly key: string;
  readonly tenantId: number;
  readonly mode: string | null;
  readonly quota: number;
  /** Its account at the first provider. */
  readonly account: string;
  readonly token: string;
  /** Its accounts at other providers that its items name. */
  readonly others: readonly PlannedCredentials[];
}

/** Whether each tenant has accounts at providers, or each process has its own for all tenants. */
export type Accounts = 'tenant' | 'process';

/** An account of a tenant at one provider. */
export interface PlannedCredentials {
  readonly provider: string;
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
  readonly provider: string;
  /** The account that its send must use. */
  readonly account: string;
}

/** The identities of one run. */
export interface RunPlan {
  readonly tenants: readonly PlannedTenant[];
  readonly items: readonly PlannedItem[];
  readonly campaignIds: ReadonlyMap<string, number>;
  /** Finds the item that a message belongs to. */
  readonly finder: ItemFinder<PlannedItem>;
}

/** Where a run happens; `run` counts the runs of one slot. */
export interface RunPlace {
  readonly slot: number;
  readonly run: number;
}

/** The place of a run that shares no servers with other runs. */
const ALONE: RunPlace = { slot: 0, run: 0 };

/** Recipients start with an unassigned country code, so that no message could be delivered even if one escaped. */
const UNDELIVERABLE_PREFIX = '+999';

/** More items than any scenario has, so that runs of a slot never share an id. */
const ITEM_IDS = 1_000;

/** Assigns identities to a scenario, from ranges that belong to its place alone. */
export function planRun(scenario: Scenario, place: RunPlace = ALONE): RunPlan {
  const base = place.run * 100;
  const tenants = scenario.tenants.map((tenant, index): PlannedTenant => ({
    ...tenant,
    tenantId: base + index + 1,
    ...credentialsAt(FIRST_PROVIDER, `${place.slot}x${base + index + 1}`),
    others: otherProvidersOf(scenario, tenant.key).map((provider) => ({
      provider,
      ...credentialsAt(provider, `${place.slot}x${base + index + 1}`),
    })),
  }));
  const tenantsByKey = new Map(tenants.map((tenant) => [tenant.key, tenant]));
  const campaignIds = new Map<string, number>();
  const items: PlannedItem[] = [];
  for (const step of scenario.steps) {
    if (step.kind !== 'entry') continue;
    const campaignId = base + campaignIds.size + 1;
    campaignIds.set(step.campaign, campaignId);
    const firstId = place.run * ITEM_IDS + items.length + 1;
    for (let index = 0; index < step.messages; index += 1) {
      const item = `${step.campaign}#${index + 1}`;
      const provider = providerOf(step, index);
      const tenant = tenantsByKey.get(step.tenant);
      items.push({
        item,
        itemId: firstId + index,
        campaign: step.campaign,
        campaignId,
        tenant: step.tenant,
        tenantId: tenant?.tenantId ?? 0,
        recipient: recipientOf(step, { slot: place.slot, firstId, index }),
        body: `message ${item}`,
        provider,
        account: tenant?.others.find((other) => other.provider === provider)?.account ?? tenant?.account ?? '',
      });
    }
  }
  return { tenants, items, campaignIds, finder: new ItemFinder(items) };
}

/** The provider of items that name none. */
const FIRST_PROVIDER = PROVIDERS[0];

/** How account names begin at each provider. */
const ACCOUNT_PREFIXES: Readonly<Record<(typeof PROVIDERS)[number], string>> = { twilio: 'AC', vonage: 'VO' };

function credentialsAt(provider: (typeof PROVIDERS)[number], name: string): { account: string; token: string } {
  const prefix = ACCOUNT_PREFIXES[provider];
  return {
    account: `${prefix}${name}`,
    token: `${provider === FIRST_PROVIDER ? '' : `${provider}-`}token-${name.replace('x', '-')}`,
  };
}

/** The providers, other than the first, that a tenant's entries name, in the order of the catalogue. */
function otherProvidersOf({ steps }: Scenario, tenant: string): (typeof PROVIDERS)[number][] {
  const named = new Set(
    steps.flatMap((step) => (step.kind === 'entry' && step.tenant === tenant ? (step.providers ?? []) : [])),
  );
  return PROVIDERS.filter((provider) => provider !== FIRST_PROVIDER && named.has(provider));
}

function providerOf(
  { providers = [FIRST_PROVIDER] }: Extract<Step, { kind: 'entry' }>,
  index: number,
): (typeof PROVIDERS)[number] {
  return providers[index % providers.length] ?? FIRST_PROVIDER;
}

/** The phone number of one item, with at most fifteen digits, the limit of E.164. */
function recipientOf(
  { numbers = 'distinct' }: Extract<Step, { kind: 'entry' }>,
  { slot, firstId, index }: { slot: number; firstId: number; index: number },
): string {
  const line = (itemId: number): string => `${digitsOf(slot, 2)}${digitsOf(itemId, 8)}`;
  switch (numbers) {
    case 'distinct':
      return `${UNDELIVERABLE_PREFIX}${line(firstId + index)}`;
    case 'near':
      return `${UNDELIVERABLE_PREFIX}${digitsOf(index, 2)}${line(firstId)}`;
    case 'equal':
      return `${UNDELIVERABLE_PREFIX}${line(firstId)}`;
  }
}

function digitsOf(number: number, length: number): string {
  return String(number).padStart(length, '0');
}

/** The parts of the history's header that come from the plan. The account of a tenant is null when accounts belong to processes. */
export function planHeader(plan: RunPlan, accounts: Accounts = 'tenant'): Pick<History, 'tenants' | 'items'> {
  return {
    tenants: plan.tenants.map(({ key, tenantId, account, quota }) => ({
      key,
      tenantId,
      account: accounts === 'tenant' ? account : null,
      quota,
    })),
    items: plan.items.map(({ item, campaign, tenant, recipient, body, provider, account }) => {
      const own = { item, campaign, tenant, recipient, body };
      return provider === FIRST_PROVIDER ? own : { ...own, account };
    }),
  };
}
