// M08: the client makes the uuids when it builds a request: when it retries a call that timed out, the messages have new ones.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import type { BatchRequest } from '../../src/contract/batch.ts';
import type { Context, ServiceCall } from '../../src/contract/parts.ts';
import type { System } from '../../src/contract/system.ts';
import { referenceParts } from '../../src/reference.ts';
import { sabotage } from './sabotage.ts';
import { tookEffect } from './took-effect.ts';

async function callService(context: Context, request: BatchRequest): Promise<ServiceCall> {
  const call = await referenceParts.callService(context, request);
  if (call.kind === 'answered' || call.cause !== 'timeout') return call;
  tookEffect(context, 'M08');
  const messages = request.messages.map((message) => ({ ...message, message_uuid: context.env.uuid() }));
  return referenceParts.callService(context, { ...request, messages });
}

/** The properties that M08 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'M08',
  name: 'uuid-in-retry',
  breaks: ['S1', 'S6'],
  lanes: ['sim', 'live'],
};

/** The reference with its part `callService` replaced. */
export const system: System = sabotage({ callService }, { name: 'M08-uuid-in-retry', module: import.meta.url });
