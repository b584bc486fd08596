// The log, the ledger and the item are committed first, and the balance in a second transaction: a process may die between the two.
import type { Message } from '../../src/contract/message.ts';
import type { Context } from '../../src/contract/parts.ts';
import { increment, type Transaction } from '../../src/contract/store.ts';
import type { System } from '../../src/contract/system.ts';
import { referenceParts } from '../../src/reference.ts';
import { sabotage } from '../mutants/sabotage.ts';

async function settle(context: Context, messages: readonly Message[]): Promise<void> {
  const due = new Set<string>();
  const settleQuota = async (
    _context: Context,
    tx: Transaction,
    { messageUuid, mode, state }: Parameters<typeof referenceParts.settleQuota>[2],
  ): Promise<void> => {
    if (mode === 'SHADOW' || state === 'UNKNOWN') return;
    const next = { state: state === 'SENT' ? 'charged' : 'released' } as const;
    const moved = await tx.update('quota_ledger', { message_uuid: messageUuid, state: 'reserved' }, next);
    if (moved.length > 0 && state === 'SENT') due.add(messageUuid);
  };
  await referenceParts.settle({ ...context, parts: { ...context.parts, settleQuota } }, messages, []);
  for (const { messageUuid, tenantId } of messages) {
    if (!due.has(messageUuid)) continue;
    await context.env.store.transaction((tx) =>
      tx.update('quota_accounts', { tenant_id: tenantId }, { units: increment(-1) }),
    );
  }
}

/** The reference with `settle` replaced. */
export const system: System = sabotage({ settle }, { name: 'charges-after-the-commit', module: import.meta.url });
