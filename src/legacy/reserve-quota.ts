// Reserves quota at the entry, so that each sent message can be charged and no balance falls below zero.
import type { Mode } from '../contract/mode.ts';
import type { Context } from '../contract/parts.ts';
import type { Transaction } from '../contract/store.ts';
import { isFreeMode } from './free-of-charge.ts';

/** Reserves one unit under the lock of the tenant's balance; false if none is left. A mode that is free of charge reserves nothing. */
export async function reserveQuota(
  { readings }: Context,
  tx: Transaction,
  { messageUuid, tenantId, mode }: { messageUuid: string; tenantId: number; mode: Mode },
): Promise<boolean> {
  if (isFreeMode(readings, mode)) return true;
  const [balance] = await tx.select('quota_accounts', { tenant_id: tenantId }, { forUpdate: true });
  const open = await tx.select('quota_ledger', { tenant_id: tenantId, state: 'reserved' });
  if ((balance?.units ?? 0) - open.length < 1) return false;
  await tx.insert('quota_ledger', { message_uuid: messageUuid, tenant_id: tenantId, state: 'reserved' });
  return true;
}
