// One charge, the twelfth that the module sees, is taken twice, and never again: a restart of the system in the same module does not
// repeat it.
import type { Context } from '../../src/contract/parts.ts';
import type { Transaction } from '../../src/contract/store.ts';
import type { System } from '../../src/contract/system.ts';
import { referenceParts } from '../../src/reference.ts';
import { sabotage } from '../mutants/sabotage.ts';
import { chargeAgain } from './charge-again.ts';

/** The system as a module that was just loaded. */
export function justLoaded(): System {
  let charges = 0;
  async function settleQuota(
    context: Context,
    tx: Transaction,
    settled: Parameters<typeof referenceParts.settleQuota>[2],
  ): Promise<void> {
    await referenceParts.settleQuota(context, tx, settled);
    if (settled.mode === 'SHADOW' || settled.state !== 'SENT') return;
    charges += 1;
    if (charges !== 12) return;
    await chargeAgain(tx, settled.tenantId);
  }
  return sabotage({ settleQuota }, { name: 'once-in-the-life-of-a-module', module: import.meta.url });
}

/** The system. */
export const system: System = justLoaded();
