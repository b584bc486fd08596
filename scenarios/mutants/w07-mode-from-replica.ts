// W07: the flag is read from a replica, which may lag.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import type { Context, Parts } from '../../src/contract/parts.ts';
import type { Transaction } from '../../src/contract/store.ts';
import type { System } from '../../src/contract/system.ts';
import { referenceParts } from '../../src/reference.ts';
import { sabotage } from './sabotage.ts';
import { tookEffect } from './took-effect.ts';

type Flag = Awaited<ReturnType<Parts['readMode']>>;

async function readMode(context: Context, tx: Transaction, tenantId: number): Promise<Flag> {
  const { store } = context.env;
  const outcome = await store.transaction((own) => referenceParts.readMode(context, own, tenantId), {
    readFrom: 'replica',
  });
  const current = await referenceParts.readMode(context, tx, tenantId);
  if (outcome.kind !== 'committed') return current;
  if (outcome.value.mode !== current.mode) tookEffect(context, 'W07');
  return outcome.value;
}

/** The properties that W07 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'W07',
  name: 'mode-from-replica',
  breaks: ['S16'],
  lanes: ['sim'],
};

/** The reference with its part `readMode` replaced. */
export const system: System = sabotage({ readMode }, { name: 'W07-mode-from-replica', module: import.meta.url });
