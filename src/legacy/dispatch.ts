// The mode switch. The mode says which system should send; the authority decides which one is allowed to.
import type { Context, DispatchBatch } from '../contract/parts.ts';
import { batchRequestOf } from './batch-request.ts';

/** Passes messages of one pinned mode to their sender, then settles those that have ended. */
export async function dispatch(context: Context, batch: DispatchBatch): Promise<void> {
  const { parts } = context;
  const { messages } = batch;
  switch (batch.mode) {
    case 'OFF':
      await parts.legacySend(context, messages);
      await parts.settle(context, messages, []);
      return;
    case 'SHADOW':
      await parts.legacySend(context, messages);
      await parts.settle(context, messages, []);
      await parts.shadowSend(context, batch);
      return;
    case 'ON': {
      const call = await parts.callService(context, batchRequestOf(batch, { dryRun: false }));
      const fallback = parts.decideFallback(context, call, messages);
      if (fallback !== undefined) await parts.legacySend(context, fallback.messages, fallback.cause);
      await parts.settle(context, messages, call.kind === 'answered' ? call.results : []);
    }
  }
}
