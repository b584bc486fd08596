// Step 18, case SHADOW: the service rehearses before the controller returns, so the user waits for it.
import type { Context, DispatchBatch } from '../../src/contract/parts.ts';
import { batchRequestOf } from '../../src/legacy/batch-request.ts';

/** Rehearses the batch before the response. */
export async function shadowSend(context: Context, batch: DispatchBatch): Promise<void> {
  await context.parts.callService(context, batchRequestOf(batch, { dryRun: true }));
}
