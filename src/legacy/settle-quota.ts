// Turns a reservation into a charge, or releases it. The state of the ledger row ensures that a repeated settlement charges only once.
import type { Settlement } from '../contract/authority.ts';
import type { Mode } from '../contract/mode.ts';
import type { Context } from '../contract/parts.ts';
import { increment, type Transaction } from '../contract/store.ts';
import { isFreeFallback, isFreeMode } from './free-of-charge.ts';

/** SENT is charged; NOT_SENT, and a fallback that is free, is released; UNKNOWN keeps its reservation. A free mode has no reservation. */
export async function settleQuota(
  { readings }: Context,
  tx: Transaction,
  settled: { messageUuid: string; tenantId: number; mode: Mode; state: Settlement; source: 'go' | 'legacy' },
): Promise<void> {
  const { messageUuid, tenantId, mode, state } = settled;
  if (isFreeMode(readings, mode) || state === 'UNKNOWN') return;
  const isCharged = state === 'SENT' && !isFreeFallback(readings, settled);
  const reservation = { message_uuid: messageUuid, state: 'reserved' } as const;
  const next = { state: isCharged ? 'charged' : 'released' } as const;
  const moved = await tx.update('quota_ledger', reservation, next);
  if (moved.length === 0 || !isCharged) return;
  await tx.update('quota_accounts', { tenant_id: tenantId }, { units: increment(-1) });
}
