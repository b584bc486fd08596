// N01: the service makes a uuid for each provider that it tries: a message that the first one rejects goes to the next under a new uuid.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import type { BatchResult } from '../../src/contract/batch.ts';
import type { Message } from '../../src/contract/message.ts';
import type { Context } from '../../src/contract/parts.ts';
import type { System } from '../../src/contract/system.ts';
import { referenceParts } from '../../src/reference.ts';
import { sabotage } from './sabotage.ts';
import { tookEffect } from './took-effect.ts';

async function deliver(context: Context, message: Message): Promise<BatchResult> {
  const first = await referenceParts.deliver(context, message);
  if (first.status !== 'rejected') return first;
  tookEffect(context, 'N01');
  const second = await referenceParts.deliver(context, { ...message, messageUuid: context.env.uuid() });
  return { ...second, message_uuid: message.messageUuid };
}

/** The properties that N01 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'N01',
  name: 'uuid-in-provider-loop',
  breaks: ['S6', 'S8', 'L1'],
  lanes: ['sim', 'live'],
};

/** The reference with its part `deliver` replaced. */
export const system: System = sabotage({ deliver }, { name: 'N01-uuid-in-provider-loop', module: import.meta.url });
