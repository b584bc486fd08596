// W14: the last unit of an account is never reserved.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import type { Mode } from '../../src/contract/mode.ts';
import type { Context } from '../../src/contract/parts.ts';
import type { Transaction } from '../../src/contract/store.ts';
import type { System } from '../../src/contract/system.ts';
import { referenceParts } from '../../src/reference.ts';
import { sabotage } from './sabotage.ts';
import { tookEffect } from './took-effect.ts';

async function reserveQuota(
  context: Context,
  tx: Transaction,
  asked: { messageUuid: string; tenantId: number; mode: Mode },
): Promise<boolean> {
  if (asked.mode === 'SHADOW') return true;
  const [balance] = await tx.select('quota_accounts', { tenant_id: asked.tenantId }, { forUpdate: true });
  const open = await tx.select('quota_ledger', { tenant_id: asked.tenantId, state: 'reserved' });
  if ((balance?.units ?? 0) - open.length !== 1) return referenceParts.reserveQuota(context, tx, asked);
  tookEffect(context, 'W14');
  return false;
}

/** The properties that W14 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'W14',
  name: 'last-unit-kept',
  breaks: ['S23'],
  lanes: ['sim', 'live'],
};

/** The reference with its part `reserveQuota` replaced. */
export const system: System = sabotage({ reserveQuota }, { name: 'W14-last-unit-kept', module: import.meta.url });
