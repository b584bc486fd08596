// M55: the legacy app computes the new balance itself: when two settlements read the same balance, one charge is lost.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import type { System } from '../../src/contract/system.ts';
import { chargeBy, writeBalance } from './charge-by.ts';
import { sabotage } from './sabotage.ts';
import { tookEffect } from './took-effect.ts';

const settleQuota = chargeBy(async (context, tx, tenantId) => {
  tookEffect(context, 'M55');
  await writeBalance(tx, tenantId);
});

/** The properties that M55 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'M55',
  name: 'quota-read-modify-write',
  breaks: ['S9', 'S10'],
  lanes: ['sim'],
};

/** The reference with its part `settleQuota` replaced. */
export const system: System = sabotage(
  { settleQuota },
  { name: 'M55-quota-read-modify-write', module: import.meta.url },
);
