// W19: a process uses the mode that its previous request read.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import type { Context, Parts } from '../../src/contract/parts.ts';
import type { Transaction } from '../../src/contract/store.ts';
import type { System } from '../../src/contract/system.ts';
import { referenceParts } from '../../src/reference.ts';
import { sabotage } from './sabotage.ts';
import { tookEffect } from './took-effect.ts';

type Flag = Awaited<ReturnType<Parts['readMode']>>;

/** The flag that the last request of each process read. */
const kept = new WeakMap<Context['env'], Flag>();

async function readMode(context: Context, tx: Transaction, tenantId: number): Promise<Flag> {
  const flag = await referenceParts.readMode(context, tx, tenantId);
  const used = kept.get(context.env) ?? flag;
  kept.set(context.env, flag);
  if (used.mode !== flag.mode) tookEffect(context, 'W19');
  return used;
}

/** The properties that W19 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'W19',
  name: 'mode-of-the-process',
  breaks: ['S4', 'S16'],
  // The live lane refuses it before any scenario: its canary in OFF is sent in the mode of the previous canary.
  lanes: ['sim'],
};

/** The reference with its part `readMode` replaced. */
export const system: System = sabotage({ readMode }, { name: 'W19-mode-of-the-process', module: import.meta.url });
