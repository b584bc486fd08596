// N07: a message in OFF is charged by the sender and again by the settlement.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import type { Context } from '../../src/contract/parts.ts';
import { increment, type Transaction } from '../../src/contract/store.ts';
import type { System } from '../../src/contract/system.ts';
import { referenceParts } from '../../src/reference.ts';
import { sabotage } from './sabotage.ts';
import { tookEffect } from './took-effect.ts';

async function settleQuota(
  context: Context,
  tx: Transaction,
  settled: Parameters<typeof referenceParts.settleQuota>[2],
): Promise<void> {
  await referenceParts.settleQuota(context, tx, settled);
  if (settled.mode !== 'OFF' || settled.state !== 'SENT') return;
  tookEffect(context, 'N07');
  await tx.update('quota_accounts', { tenant_id: settled.tenantId }, { units: increment(-1) });
}

/** The properties that N07 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'N07',
  name: 'off-decrements-twice',
  breaks: ['S9', 'S10'],
  lanes: ['sim', 'live'],
};

/** The reference with its part `settleQuota` replaced. */
export const system: System = sabotage({ settleQuota }, { name: 'N07-off-decrements-twice', module: import.meta.url });
