// Inserts the tenants and messages of a plan into the slot's database, by the statements of the description.
import type { RunPlan } from '../execution/run-plan.ts';
import { PROVIDERS } from '../formats/scenario.ts';
import { flagMode, settleFlag } from './flags.ts';
import { runStatements } from './named-parameters.ts';
import type { Slot } from './slot.ts';

/** A tenant's mode that the legacy app did not report. */
export interface UnreadMode {
  readonly key: string;
  readonly mode: string;
}

/** Inserts tenants and items, and returns the modes that the legacy app did not report. */
export async function putInPlace(slot: Slot, plan: RunPlan): Promise<UnreadMode[]> {
  const { database, description } = slot;
  for (const { tenantId, mode, quota, account, token, others } of plan.tenants) {
    const values = { tenantId, mode, quota, account, token, provider: PROVIDERS[0] };
    await runStatements(database, description.seed.tenant, values);
    for (const other of others) {
      await runStatements(database, description.seed.credentials ?? [], { tenantId, ...other });
    }
    if (mode !== null) await flagMode(slot, { tenantId, mode });
  }
  for (const { itemId, tenantId, campaignId, recipient, body, provider } of plan.items) {
    const values = { itemId, tenantId, campaignId, phone: recipient, body, provider };
    await runStatements(database, description.seed.item, values);
  }
  const unread: UnreadMode[] = [];
  for (const { key, tenantId, mode } of plan.tenants) {
    if (mode !== null && !(await settleFlag(slot, { tenantId, mode }))) unread.push({ key, mode });
  }
  return unread;
}
