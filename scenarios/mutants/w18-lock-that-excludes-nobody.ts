// W18: the new balance is computed under a lock of the message, not of the account: two messages of one tenant do not exclude each other.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import type { Context, Parts } from '../../src/contract/parts.ts';
import type { Transaction } from '../../src/contract/store.ts';
import type { System } from '../../src/contract/system.ts';
import { chargeBy, writeBalance } from './charge-by.ts';
import { sabotage } from './sabotage.ts';
import { tookEffect } from './took-effect.ts';

type Settled = Parameters<Parts['settleQuota']>[2];

async function settleQuota(context: Context, tx: Transaction, settled: Settled): Promise<void> {
  const chargeUnderLock = chargeBy(async () => {
    tookEffect(context, 'W18');
    await tx.lock(`quota of ${settled.messageUuid}`);
    await writeBalance(tx, settled.tenantId);
  });
  await chargeUnderLock(context, tx, settled);
}

/** The properties that W18 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'W18',
  name: 'lock-that-excludes-nobody',
  breaks: ['S9', 'S10'],
  lanes: ['sim'],
};

/** The reference with its part `settleQuota` replaced. */
export const system: System = sabotage(
  { settleQuota },
  { name: 'W18-lock-that-excludes-nobody', module: import.meta.url },
);
