// M54: settlement does not check the mode before it charges, so SHADOW is charged like ON.
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
  if (settled.mode !== 'SHADOW') return referenceParts.settleQuota(context, tx, settled);
  if (settled.state !== 'SENT') return;
  tookEffect(context, 'M54');
  await tx.update('quota_accounts', { tenant_id: settled.tenantId }, { units: increment(-1) });
}

/** The properties that M54 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'M54',
  name: 'quota-no-mode-guard',
  breaks: ['S9', 'S10'],
  lanes: ['sim', 'live'],
};

/** The reference with its part `settleQuota` replaced. */
export const system: System = sabotage({ settleQuota }, { name: 'M54-quota-no-mode-guard', module: import.meta.url });
