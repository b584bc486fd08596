// After one timeout the legacy app takes the service for dead: it still calls the service, but also sends every message itself, without the
// authority.
import type { Message } from '../../src/contract/message.ts';
import type { Context, DispatchBatch, ServiceCall } from '../../src/contract/parts.ts';
import type { BatchRequest } from '../../src/contract/batch.ts';
import type { System } from '../../src/contract/system.ts';
import { referenceParts } from '../../src/reference.ts';
import { sabotage } from '../mutants/sabotage.ts';
import { lifeOf } from './life-of.ts';

async function callService(context: Context, request: BatchRequest): Promise<ServiceCall> {
  const call = await referenceParts.callService(context, request);
  if (call.kind === 'failed' && call.cause === 'timeout') lifeOf(context).marks.add('timeout');
  return call;
}

async function dispatch(context: Context, batch: DispatchBatch): Promise<void> {
  const isDistrusted = batch.mode === 'ON' && lifeOf(context).marks.has('timeout');
  await referenceParts.dispatch(context, batch);
  if (!isDistrusted) return;
  for (const message of batch.messages) await sendAnyway(context, message);
}

async function sendAnyway(context: Context, message: Message): Promise<void> {
  const credentials = await referenceParts.loadCredentials(context, message);
  if (credentials !== undefined) await referenceParts.callProvider(context, message, credentials);
}

/** The reference with `callService` and `dispatch` replaced. */
export const system: System = sabotage(
  { callService, dispatch },
  { name: 'distrusts-after-a-timeout', module: import.meta.url },
);
