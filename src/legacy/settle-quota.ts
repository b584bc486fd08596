// Turns a reservation into a charge or gives it back. The ledger row makes it happen once, however often settlement runs.
import type { Settlement } from '../contract/authority.ts';
import type { Mode } from '../contract/mode.ts';
import type { Context } from '../contract/parts.ts';
import { increment, type Transaction } from '../contract/store.ts';

/** SENT is charged, by either sender; NOT_SENT is released; UNKNOWN keeps its reservation; SHADOW is free. */
export async function settleQuota(
  _context: Context,
  tx: Transaction,
  settled: { messageUuid: string; tenantId: number; mode: Mode; state: Settlement },
): Promise<void> {
  const { messageUuid, tenantId, mode, state } = settled;
  if (mode === 'SHADOW' || state === 'UNKNOWN') return;
  const reservation = { message_uuid: messageUuid, state: 'reserved' } as const;
  const next = { state: state === 'SENT' ? 'charged' : 'released' } as const;
  const moved = await tx.update('quota_ledger', reservation, next);
  if (moved.length === 0 || state === 'NOT_SENT') return;
  await tx.update('email_s_m_s_limit_rates', { owner_id: tenantId }, { sms: increment(-1) });
}
