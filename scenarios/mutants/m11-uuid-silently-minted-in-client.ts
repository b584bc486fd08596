// M11: the client gives a message that lacks a uuid one of its own instead of throwing.
import type { BatchRequest } from '../../src/contract/batch.ts';
import type { Context, ServiceCall } from '../../src/contract/parts.ts';
import type { System } from '../../src/contract/system.ts';
import { referenceParts } from '../../src/reference.ts';
import { sabotage } from './sabotage.ts';

function callService(context: Context, request: BatchRequest): Promise<ServiceCall> {
  const messages = request.messages.map((message) =>
    message.message_uuid === '' ? { ...message, message_uuid: context.env.uuid() } : message,
  );
  return referenceParts.callService(context, { ...request, messages });
}

/** The mutant. */
export const system: System = sabotage(
  { callService },
  { name: 'M11-uuid-silently-minted-in-client', module: import.meta.url },
);
