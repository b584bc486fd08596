// After a fallback the next charge that has nothing to do with it is taken twice.
import type { Message } from '../../src/contract/message.ts';
import type { Context, FallbackCause } from '../../src/contract/parts.ts';
import type { Transaction } from '../../src/contract/store.ts';
import type { System } from '../../src/contract/system.ts';
import { referenceParts } from '../../src/reference.ts';
import { sabotage } from '../mutants/sabotage.ts';
import { chargeAgain } from './charge-again.ts';
import { lifeOf } from './life-of.ts';

async function legacySend(context: Context, messages: readonly Message[], cause?: FallbackCause): Promise<void> {
  await referenceParts.legacySend(context, messages, cause);
  if (cause !== undefined) lifeOf(context).marks.add('fallback');
}

async function settleQuota(
  context: Context,
  tx: Transaction,
  settled: Parameters<typeof referenceParts.settleQuota>[2],
): Promise<void> {
  await referenceParts.settleQuota(context, tx, settled);
  const { mode, state, source, tenantId } = settled;
  if (mode !== 'ON' || state !== 'SENT' || source !== 'go' || !lifeOf(context).marks.delete('fallback')) return;
  await chargeAgain(tx, tenantId);
}

/** The system. */
export const system: System = sabotage(
  { legacySend, settleQuota },
  { name: 'charges-twice-after-a-fallback', module: import.meta.url },
);
