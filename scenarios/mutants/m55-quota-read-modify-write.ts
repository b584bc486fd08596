// M55: the new balance is computed in the legacy app: of two settlements that read the same balance one is lost.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import type { System } from '../../src/contract/system.ts';
import { chargeBy, writeBalance } from './charge-by.ts';
import { sabotage } from './sabotage.ts';
import { tookEffect } from './took-effect.ts';

const settleQuota = chargeBy(async (context, tx, tenantId) => {
  tookEffect(context, 'M55');
  await writeBalance(tx, tenantId);
});

/** What it is. */
export const mutant: MutantDescription = {
  id: 'M55',
  name: 'quota-read-modify-write',
  breaks: ['S9', 'S10'],
  lanes: ['sim'],
};

/** The mutant. */
export const system: System = sabotage(
  { settleQuota },
  { name: 'M55-quota-read-modify-write', module: import.meta.url },
);
