// After a fallback, the next charge for a send of the service is made twice.
import type { Message } from '../../src/contract/message.ts';
import type { Context, FallbackCause } from '../../src/contract/parts.ts';
import type { System } from '../../src/contract/system.ts';
import { referenceParts } from '../../src/reference.ts';
import { sabotage } from '../mutants/sabotage.ts';
import { chargeAgain } from './charge-again.ts';
import { lifeOf } from './life-of.ts';

async function legacySend(context: Context, messages: readonly Message[], cause?: FallbackCause): Promise<void> {
  await referenceParts.legacySend(context, messages, cause);
  if (cause !== undefined) lifeOf(context).marks.add('fallback');
}

const settleQuota = chargeAgain(
  (context, { mode, source }) => mode === 'ON' && source === 'go' && lifeOf(context).marks.delete('fallback'),
);

/** The reference with `legacySend` and `settleQuota` replaced. */
export const system: System = sabotage(
  { legacySend, settleQuota },
  { name: 'charges-twice-after-a-fallback', module: import.meta.url },
);
