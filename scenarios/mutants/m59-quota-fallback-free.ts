// M59: a fallback is not charged, although the readings say it is.
import type { Context } from '../../src/contract/parts.ts';
import type { Transaction } from '../../src/contract/store.ts';
import type { System } from '../../src/contract/system.ts';
import { referenceParts } from '../../src/reference.ts';
import { sabotage } from './sabotage.ts';

function settleQuota(
  context: Context,
  tx: Transaction,
  settled: Parameters<typeof referenceParts.settleQuota>[2],
): Promise<void> {
  const isFallback = settled.mode === 'ON' && settled.source === 'legacy';
  return referenceParts.settleQuota(context, tx, isFallback ? { ...settled, state: 'NOT_SENT' } : settled);
}

/** The mutant. */
export const system: System = sabotage({ settleQuota }, { name: 'M59-quota-fallback-free', module: import.meta.url });
