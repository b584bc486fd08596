// M59: a fallback is not charged, although the readings say that it is.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import type { Context } from '../../src/contract/parts.ts';
import type { Transaction } from '../../src/contract/store.ts';
import type { System } from '../../src/contract/system.ts';
import { referenceParts } from '../../src/reference.ts';
import { sabotage } from './sabotage.ts';
import { tookEffect } from './took-effect.ts';

function settleQuota(
  context: Context,
  tx: Transaction,
  settled: Parameters<typeof referenceParts.settleQuota>[2],
): Promise<void> {
  const isFallback = settled.mode === 'ON' && settled.source === 'legacy';
  if (isFallback && settled.state === 'SENT') tookEffect(context, 'M59');
  return referenceParts.settleQuota(context, tx, isFallback ? { ...settled, state: 'NOT_SENT' } : settled);
}

/** The properties that M59 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'M59',
  name: 'quota-fallback-free',
  breaks: ['S9', 'S10'],
  lanes: ['sim', 'live'],
};

/** The reference with its part `settleQuota` replaced. */
export const system: System = sabotage({ settleQuota }, { name: 'M59-quota-fallback-free', module: import.meta.url });
