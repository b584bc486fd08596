// After one unclear outcome of a provider call, the service rejects all later messages without a call, until its process restarts.
import type { BatchResult } from '../../src/contract/batch.ts';
import type { Delivery, Message } from '../../src/contract/message.ts';
import type { Context } from '../../src/contract/parts.ts';
import type { System } from '../../src/contract/system.ts';
import { referenceParts } from '../../src/reference.ts';
import { sabotage } from '../mutants/sabotage.ts';
import { lifeOf } from './life-of.ts';

async function deliver(context: Context, message: Message): Promise<BatchResult> {
  if (!lifeOf(context).marks.has('doubt')) return referenceParts.deliver(context, message);
  const callProvider = (): Promise<Delivery> => Promise.resolve({ kind: 'rejected', reason: 'given up' });
  return referenceParts.deliver({ ...context, parts: { ...context.parts, callProvider } }, message);
}

async function recordDelivery(
  context: Context,
  message: Message,
  sent: Parameters<typeof referenceParts.recordDelivery>[2],
): Promise<void> {
  if (sent.delivery.kind === 'unknown') lifeOf(context).marks.add('doubt');
  await referenceParts.recordDelivery(context, message, sent);
}

/** The reference with `deliver` and `recordDelivery` replaced. */
export const system: System = sabotage(
  { deliver, recordDelivery },
  { name: 'gives-up-after-a-doubt', module: import.meta.url },
);
