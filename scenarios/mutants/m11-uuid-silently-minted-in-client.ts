// M11: the client gives a message without a uuid a new one, instead of throwing.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import type { BatchRequest } from '../../src/contract/batch.ts';
import type { Context, ServiceCall } from '../../src/contract/parts.ts';
import type { System } from '../../src/contract/system.ts';
import { referenceParts } from '../../src/reference.ts';
import { sabotage } from './sabotage.ts';
import { tookEffect } from './took-effect.ts';

function callService(context: Context, request: BatchRequest): Promise<ServiceCall> {
  const messages = request.messages.map((message) => {
    if (message.message_uuid !== '') return message;
    tookEffect(context, 'M11');
    return { ...message, message_uuid: context.env.uuid() };
  });
  return referenceParts.callService(context, { ...request, messages });
}

/** The properties that M11 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'M11',
  name: 'uuid-silently-minted-in-client',
  breaks: ['S6'],
  lanes: ['sim', 'live'],
};

/** The reference with its part `callService` replaced. */
export const system: System = sabotage(
  { callService },
  { name: 'M11-uuid-silently-minted-in-client', module: import.meta.url },
);
