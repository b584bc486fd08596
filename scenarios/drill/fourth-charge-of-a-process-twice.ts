// The fourth charge of a process, and no other, is made twice.
import type { System } from '../../src/contract/system.ts';
import { sabotage } from '../mutants/sabotage.ts';
import { chargeAgain } from './charge-again.ts';
import { countIn } from './life-of.ts';

const settleQuota = chargeAgain((context) => countIn(context, 'charge') === 4);

/** The reference with `settleQuota` replaced. */
export const system: System = sabotage(
  { settleQuota },
  { name: 'fourth-charge-of-a-process-twice', module: import.meta.url },
);
