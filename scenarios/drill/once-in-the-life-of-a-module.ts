// The twelfth charge that the module sees is made twice, and no other: a restart of the system in the same module does not repeat it.
import type { System } from '../../src/contract/system.ts';
import { sabotage } from '../mutants/sabotage.ts';
import { chargeAgain } from './charge-again.ts';

/** The reference with another `settleQuota` whose count starts at zero. */
export function justLoaded(): System {
  let charges = 0;
  const settleQuota = chargeAgain(() => (charges += 1) === 12);
  return sabotage({ settleQuota }, { name: 'once-in-the-life-of-a-module', module: import.meta.url });
}

/** The system with the count of this module. */
export const system: System = justLoaded();
