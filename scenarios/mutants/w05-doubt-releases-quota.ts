// W05: a message in doubt releases its reserved unit, so it is free if the doubt later resolves to a send.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import type { Context, Parts } from '../../src/contract/parts.ts';
import type { Transaction } from '../../src/contract/store.ts';
import type { System } from '../../src/contract/system.ts';
import { referenceParts } from '../../src/reference.ts';
import { sabotage } from './sabotage.ts';
import { tookEffect } from './took-effect.ts';

function settleQuota(context: Context, tx: Transaction, settled: Parameters<Parts['settleQuota']>[2]): Promise<void> {
  if (settled.state !== 'UNKNOWN') return referenceParts.settleQuota(context, tx, settled);
  tookEffect(context, 'W05');
  return referenceParts.settleQuota(context, tx, { ...settled, state: 'NOT_SENT' });
}

/** The properties that W05 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'W05',
  name: 'doubt-releases-quota',
  breaks: ['S9', 'S10', 'L5'],
  lanes: ['sim'],
};

/** The reference with its part `settleQuota` replaced. */
export const system: System = sabotage({ settleQuota }, { name: 'W05-doubt-releases-quota', module: import.meta.url });
