// N02: a message that was answered `duplicate` is not charged, as if only `accepted` meant that it was sent.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import type { BatchResult } from '../../src/contract/batch.ts';
import type { Message } from '../../src/contract/message.ts';
import type { Context, Parts } from '../../src/contract/parts.ts';
import type { System } from '../../src/contract/system.ts';
import { referenceParts } from '../../src/reference.ts';
import { sabotage } from './sabotage.ts';
import { tookEffect } from './took-effect.ts';

function settle(context: Context, messages: readonly Message[], results: readonly BatchResult[]): Promise<void> {
  const duplicates = new Set(
    results.filter(({ status }) => status === 'duplicate').map(({ message_uuid }) => message_uuid),
  );
  const settleQuota: Parts['settleQuota'] = async (own, tx, settled) => {
    const { messageUuid } = settled;
    if (!duplicates.has(messageUuid)) return referenceParts.settleQuota(own, tx, settled);
    tookEffect(own, 'N02');
    await tx.update('quota_ledger', { message_uuid: messageUuid, state: 'reserved' }, { state: 'charged' });
  };
  return referenceParts.settle({ ...context, parts: { ...context.parts, settleQuota } }, messages, results);
}

/** The properties that N02 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'N02',
  name: 'quota-accepted-only',
  breaks: ['S9', 'S10'],
  lanes: ['sim'],
};

/** The reference with its part `settle` replaced. */
export const system: System = sabotage({ settle }, { name: 'N02-quota-accepted-only', module: import.meta.url });
