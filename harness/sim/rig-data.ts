// What the rig writes to and reads from the database of a simulated run: its seeds, the flags of the modes, an OPEN breaker, the balances,
// and the rows that a fault tampers with.
import assert from 'node:assert/strict';
import { databaseTime, increment, type Store, type Transaction } from '../../src/contract/store.ts';
import { type BreakerName, MODE_FEATURE, type RowOf, type TableName } from '../../src/contract/tables.ts';
import type { Fault } from '../formats/fault.ts';
import { PROVIDERS, type Scenario } from '../formats/scenario.ts';
import type { PlannedItem, RunPlan } from '../execution/run-plan.ts';
import type { SimStore } from './store-port.ts';

/** Inserts one row before a run. */
export type Seed = (store: SimStore) => void;

/** The rows of tenants and items before a run of this scenario. */
export function seedsOf(scenario: Scenario, plan: RunPlan): Seed[] {
  const seeds: Seed[] = [];
  const put = <T extends TableName>(table: T, row: Partial<RowOf<T>>): void => {
    seeds.push((store) => store.seed(table, row));
  };
  for (const { tenantId, mode, quota, account, token, others } of plan.tenants) {
    put('quota_accounts', { tenant_id: tenantId, units: quota });
    for (const own of [{ provider: PROVIDERS[0], account, token }, ...others]) {
      put('provider_credentials', { tenant_id: tenantId, ...own });
    }
    if (mode !== null) put('feature_flags', { tenant_id: tenantId, feature_name: MODE_FEATURE, mode, epoch: 1 });
  }
  const blank = new Set(scenario.faults.flatMap((fault) => (fault.kind === 'missing-uuid' ? [fault.item] : [])));
  for (const { item, itemId, tenantId, campaignId, recipient, body, provider } of plan.items) {
    put('campaign_sms', {
      id: itemId,
      tenant_id: tenantId,
      campaign_id: campaignId,
      phone: recipient,
      body,
      provider,
      ...(blank.has(item) ? { message_uuid: '' } : {}),
    });
  }
  return seeds;
}

/** Sets the flag of a tenant's mode and raises its epoch, as one upsert would. */
export async function flagMode(store: Store, tenantId: number, mode: string): Promise<void> {
  const key = { tenant_id: tenantId, feature_name: MODE_FEATURE };
  await upsert(store, {
    insert: (tx) => tx.insert('feature_flags', { ...key, mode, epoch: 1 }, { onConflict: 'ignore' }),
    update: (tx) => tx.update('feature_flags', key, { mode, epoch: increment(1) }),
  });
}

/** Writes the row of a breaker that is OPEN from now on, as one upsert would. */
export async function openBreaker(store: Store, name: BreakerName): Promise<void> {
  const open = { state: 'OPEN', opened_at: databaseTime(), probes: 0 } as const;
  await upsert(store, {
    insert: (tx) => tx.insert('messaging_breakers', { name, failures: 5, ...open }, { onConflict: 'ignore' }),
    update: (tx) => tx.update('messaging_breakers', { name }, open),
  });
}

/** One row to update, or to insert if it does not exist. */
interface Upsert {
  /** Returns undefined if the row exists by now. */
  insert(tx: Transaction): Promise<object | undefined>;
  update(tx: Transaction): Promise<readonly object[]>;
}

/** An insert that conflicts with the row of another transaction waits for its commit, so the second update sees that row. */
async function upsert(store: Store, { insert, update }: Upsert): Promise<void> {
  const { kind } = await store.transaction(async (tx) => {
    if ((await update(tx)).length > 0) return;
    if ((await insert(tx)) === undefined) await update(tx);
  });
  assert(kind === 'committed', `a write of the rig's own ended as ${kind}`);
}

/** The units in each tenant's account, by the tenant's key. */
export function balances(store: SimStore, plan: RunPlan): { tenant: string; units: number }[] {
  const rows = store.committed('quota_accounts');
  return plan.tenants.map(({ key, tenantId }) => ({
    tenant: key,
    units: rows.find((row) => row.tenant_id === tenantId)?.units ?? 0,
  }));
}

/** Makes the logs of the two systems disagree about one item, in the way that `mismatch` names. */
export async function tamper(
  access: { store: SimStore; rig: Store },
  item: PlannedItem,
  mismatch: Extract<Fault, { kind: 'tamper' }>['mismatch'],
): Promise<void> {
  const row = access.store.committed('campaign_sms').find(({ id }) => id === item.itemId);
  await access.rig.transaction((tx) => spoil(tx, mismatch, row?.message_uuid ?? ''));
}

async function spoil(
  tx: Transaction,
  mismatch: Extract<Fault, { kind: 'tamper' }>['mismatch'],
  uuid: string,
): Promise<void> {
  const key = { message_uuid: uuid };
  switch (mismatch) {
    case 'missing_in_go':
      await tx.remove('go_sms_logs', key);
      return;
    case 'missing_in_laravel':
      await tx.remove('sms_logs', key);
      return;
    case 'status_mismatch':
      await tx.update('go_sms_logs', key, { status: 'rejected' });
      return;
    case 'provider_message_id_mismatch':
      // NULL on one side only: a comparison with <> would not see it.
      await tx.update('sms_logs', key, { provider_message_id: null });
      return;
    case 'provider_message_id_null_in_go':
      await tx.update('go_sms_logs', key, { provider_message_id: null });
      return;
    case 'duplicate_in_laravel':
      await tx.update('sms_logs', key, { status: 'duplicate' });
  }
}
