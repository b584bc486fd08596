// The first message of each process also warms up the connection to the provider, so it is sent twice.
import type { Delivery, Message } from '../../src/contract/message.ts';
import type { Context } from '../../src/contract/parts.ts';
import type { System } from '../../src/contract/system.ts';
import { referenceParts } from '../../src/reference.ts';
import { sabotage } from '../mutants/sabotage.ts';
import { countIn } from './life-of.ts';

async function callProvider(
  context: Context,
  message: Message,
  credentials: Parameters<typeof referenceParts.callProvider>[2],
): Promise<Delivery> {
  if (countIn(context, 'send') === 1) await referenceParts.callProvider(context, message, credentials);
  return referenceParts.callProvider(context, message, credentials);
}

/** The reference with `callProvider` replaced. */
export const system: System = sabotage(
  { callProvider },
  { name: 'first-send-of-a-process-twice', module: import.meta.url },
);
