// M53: the service's sends are charged by the answers `accepted` and `duplicate` instead of by uuid: a send whose answer is lost is free.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import type { BatchResult } from '../../src/contract/batch.ts';
import type { Message } from '../../src/contract/message.ts';
import type { Context } from '../../src/contract/parts.ts';
import { increment, type Transaction } from '../../src/contract/store.ts';
import type { System } from '../../src/contract/system.ts';
import { referenceParts } from '../../src/reference.ts';
import { sabotage } from './sabotage.ts';
import { tookEffect } from './took-effect.ts';

async function settle(context: Context, messages: readonly Message[], results: readonly BatchResult[]): Promise<void> {
  const parts = { ...context.parts, settleQuota };
  await referenceParts.settle({ ...context, parts }, messages, results);
  const tenantId = messages[0]?.tenantId;
  const charged = results.filter(({ status }) => status === 'accepted' || status === 'duplicate').length;
  if (tenantId === undefined || charged === 0) return;
  await context.env.store.transaction((tx) =>
    tx.update('quota_accounts', { tenant_id: tenantId }, { units: increment(-charged) }),
  );
}

/**
 * Ends the reservation of a message that the service sent without charging it, because the answers charge; all else is as in the reference.
 */
async function settleQuota(
  context: Context,
  tx: Transaction,
  settled: Parameters<typeof referenceParts.settleQuota>[2],
): Promise<void> {
  const { messageUuid, source, state } = settled;
  if (source === 'legacy' || state !== 'SENT') return referenceParts.settleQuota(context, tx, settled);
  const freed = await tx.update('quota_ledger', { message_uuid: messageUuid, state: 'reserved' }, { state: 'charged' });
  if (freed.length > 0) tookEffect(context, 'M53');
}

/** The properties that M53 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'M53',
  name: 'quota-per-response',
  breaks: ['S9', 'S10'],
  lanes: ['sim', 'live'],
};

/** The reference with its part `settle` replaced. */
export const system: System = sabotage({ settle }, { name: 'M53-quota-per-response', module: import.meta.url });
