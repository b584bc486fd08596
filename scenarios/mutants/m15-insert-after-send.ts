// M15: the service sends first and records the message afterwards: until then no other attempt can see the send.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import type { BatchResult } from '../../src/contract/batch.ts';
import type { Delivery, Message } from '../../src/contract/message.ts';
import type { Context } from '../../src/contract/parts.ts';
import type { System } from '../../src/contract/system.ts';
import { referenceParts } from '../../src/reference.ts';
import { sabotage } from './sabotage.ts';
import { tookEffect } from './took-effect.ts';

async function deliver(context: Context, message: Message): Promise<BatchResult> {
  const { parts } = context;
  tookEffect(context, 'M15');
  const credentials = await parts.loadCredentials(context, message);
  const delivery: Delivery =
    credentials === undefined
      ? { kind: 'rejected', reason: 'no credentials' }
      : await parts.callProvider(context, message, credentials);
  const callProvider = (): Promise<Delivery> => Promise.resolve(delivery);
  return referenceParts.deliver({ ...context, parts: { ...parts, callProvider } }, message);
}

/** The properties that M15 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'M15',
  name: 'insert-after-send',
  breaks: ['S1', 'S2', 'S20'],
  lanes: ['sim', 'live'],
};

/** The reference with its part `deliver` replaced. */
export const system: System = sabotage({ deliver }, { name: 'M15-insert-after-send', module: import.meta.url });
