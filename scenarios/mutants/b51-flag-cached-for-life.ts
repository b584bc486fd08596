// B51: a process reads the flag of a tenant once and uses it until the process ends.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import type { Context, Parts } from '../../src/contract/parts.ts';
import type { Transaction } from '../../src/contract/store.ts';
import type { System } from '../../src/contract/system.ts';
import { referenceParts } from '../../src/reference.ts';
import { sabotage } from './sabotage.ts';
import { tookEffect } from './took-effect.ts';

type Flag = Awaited<ReturnType<Parts['readMode']>>;

/** The flags that each process has cached, by tenant. */
const kept = new WeakMap<Context['env'], Map<number, Flag>>();

async function readMode(context: Context, tx: Transaction, tenantId: number): Promise<Flag> {
  const flags = kept.get(context.env) ?? new Map<number, Flag>();
  kept.set(context.env, flags);
  const flag = await referenceParts.readMode(context, tx, tenantId);
  const used = flags.get(tenantId) ?? flag;
  flags.set(tenantId, used);
  if (used.mode !== flag.mode) tookEffect(context, 'B51');
  return used;
}

/** The properties that B51 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'B51',
  name: 'flag-cached-for-life',
  breaks: ['S4', 'S16', 'L8'],
  lanes: ['sim', 'live'],
};

/** The reference with its part `readMode` replaced. */
export const system: System = sabotage({ readMode }, { name: 'B51-flag-cached-for-life', module: import.meta.url });
