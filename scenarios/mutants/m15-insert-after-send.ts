// M15: the service sends first and enters the message into its books afterwards: until then nothing knows of the send.
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

/** What it is. */
export const mutant: MutantDescription = {
  id: 'M15',
  name: 'insert-after-send',
  breaks: ['S1', 'S2', 'S20'],
  lanes: ['sim', 'live'],
};

/** The mutant. */
export const system: System = sabotage({ deliver }, { name: 'M15-insert-after-send', module: import.meta.url });
