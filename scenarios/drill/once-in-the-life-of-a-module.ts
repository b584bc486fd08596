// One charge, the twelfth that the module sees, is taken twice, and never again: a restart of the system in the same module does not
// repeat it.
import type { System } from '../../src/contract/system.ts';
import { sabotage } from '../mutants/sabotage.ts';
import { chargeAgain } from './charge-again.ts';

/** The system as a module that was just loaded. */
export function justLoaded(): System {
  let charges = 0;
  const settleQuota = chargeAgain(() => (charges += 1) === 12);
  return sabotage({ settleQuota }, { name: 'once-in-the-life-of-a-module', module: import.meta.url });
}

/** The system. */
export const system: System = justLoaded();
