// The dry run in SHADOW. It is spawned, so that the user's request neither waits for it nor fails with it.
import type { Context, DispatchBatch } from '../contract/parts.ts';
import { batchRequestOf } from './batch-request.ts';

/** Starts a dry run of the batch. Its answer is not used; its failure is logged. */
export function shadowSend(context: Context, batch: DispatchBatch): Promise<void> {
  context.env.spawn('shadow send', () => rehearse(context, batch));
  return Promise.resolve();
}

async function rehearse(context: Context, batch: DispatchBatch): Promise<void> {
  const { env, parts } = context;
  try {
    const call = await parts.callService(context, batchRequestOf(batch, { dryRun: true }));
    if (call.kind === 'failed') env.log(`SHADOW_SEND_FAILED: campaign_id=${batch.campaignId} cause=${call.cause}`);
  } catch (error) {
    env.log(`SHADOW_SEND_FAILED: campaign_id=${batch.campaignId} error=${String(error)}`);
  }
}
