// M56: an entry accepts messages when no quota is left: they are sent and charged on an empty account.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import type { Context, Parts } from '../../src/contract/parts.ts';
import type { Transaction } from '../../src/contract/store.ts';
import type { System } from '../../src/contract/system.ts';
import { referenceParts } from '../../src/reference.ts';
import { sabotage } from './sabotage.ts';
import { tookEffect } from './took-effect.ts';

async function reserveQuota(
  context: Context,
  tx: Transaction,
  item: Parameters<Parts['reserveQuota']>[2],
): Promise<boolean> {
  if (await referenceParts.reserveQuota(context, tx, item)) return true;
  tookEffect(context, 'M56');
  await tx.insert('quota_ledger', { message_uuid: item.messageUuid, tenant_id: item.tenantId, state: 'reserved' });
  return true;
}

/** The properties that M56 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'M56',
  name: 'quota-unguarded',
  breaks: ['S10'],
  lanes: ['sim', 'live'],
};

/** The reference with its part `reserveQuota` replaced. */
export const system: System = sabotage({ reserveQuota }, { name: 'M56-quota-unguarded', module: import.meta.url });
