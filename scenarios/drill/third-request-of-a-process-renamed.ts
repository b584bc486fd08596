// The third request of a process carries a new uuid instead of its first message's own.
import type { BatchRequest } from '../../src/contract/batch.ts';
import type { Context, ServiceCall } from '../../src/contract/parts.ts';
import type { System } from '../../src/contract/system.ts';
import { referenceParts } from '../../src/reference.ts';
import { sabotage } from '../mutants/sabotage.ts';
import { countIn } from './life-of.ts';

function callService(context: Context, request: BatchRequest): Promise<ServiceCall> {
  const [first, ...others] = request.messages;
  if (first === undefined || countIn(context, 'request') !== 3) return referenceParts.callService(context, request);
  const renamed = { ...first, message_uuid: context.env.uuid() };
  return referenceParts.callService(context, { ...request, messages: [renamed, ...others] });
}

/** The reference with `callService` replaced. */
export const system: System = sabotage(
  { callService },
  { name: 'third-request-of-a-process-renamed', module: import.meta.url },
);
