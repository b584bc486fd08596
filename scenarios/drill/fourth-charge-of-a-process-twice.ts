// The fourth charge of a process, and no other, is taken twice.
import type { Context } from '../../src/contract/parts.ts';
import type { Transaction } from '../../src/contract/store.ts';
import type { System } from '../../src/contract/system.ts';
import { referenceParts } from '../../src/reference.ts';
import { sabotage } from '../mutants/sabotage.ts';
import { chargeAgain } from './charge-again.ts';
import { countIn } from './life-of.ts';

async function settleQuota(
  context: Context,
  tx: Transaction,
  settled: Parameters<typeof referenceParts.settleQuota>[2],
): Promise<void> {
  await referenceParts.settleQuota(context, tx, settled);
  if (settled.mode === 'SHADOW' || settled.state !== 'SENT' || countIn(context, 'charge') !== 4) return;
  await chargeAgain(tx, settled.tenantId);
}

/** The system. */
export const system: System = sabotage(
  { settleQuota },
  { name: 'fourth-charge-of-a-process-twice', module: import.meta.url },
);
