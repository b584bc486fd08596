// W16: a rejected message adds a unit to the balance, from which none was taken for it.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import type { Context, Parts } from '../../src/contract/parts.ts';
import { increment, type Transaction } from '../../src/contract/store.ts';
import type { System } from '../../src/contract/system.ts';
import { referenceParts } from '../../src/reference.ts';
import { sabotage } from './sabotage.ts';
import { tookEffect } from './took-effect.ts';

async function settleQuota(
  context: Context,
  tx: Transaction,
  settled: Parameters<Parts['settleQuota']>[2],
): Promise<void> {
  await referenceParts.settleQuota(context, tx, settled);
  if (settled.state !== 'NOT_SENT' || settled.mode === 'SHADOW') return;
  tookEffect(context, 'W16');
  await tx.update('quota_accounts', { tenant_id: settled.tenantId }, { units: increment(1) });
}

/** The properties that W16 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'W16',
  name: 'quota-released-twice',
  breaks: ['S9', 'S10'],
  lanes: ['sim', 'live'],
};

/** The reference with its part `settleQuota` replaced. */
export const system: System = sabotage({ settleQuota }, { name: 'W16-quota-released-twice', module: import.meta.url });
