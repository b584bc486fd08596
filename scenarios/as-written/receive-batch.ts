// Step 15, the handler: it submits every message to the pool and waits for all of them before it answers, without a time limit.
import type { BatchRequest, BatchResponse } from '../../src/contract/batch.ts';
import type { Context } from '../../src/contract/parts.ts';
import { resultOf } from '../../src/service/batch-result.ts';
import { messagesOf } from '../../src/service/messages-of.ts';

/** Answers when the last worker is done. */
export async function receiveBatch(context: Context, request: BatchRequest): Promise<BatchResponse> {
  const { parts } = context;
  const messages = messagesOf(request);
  const jobs = messages.map(
    (message) => () => (request.dry_run ? parts.rehearse(context, message) : parts.deliver(context, message)),
  );
  const run = parts.runWorkers(context, jobs);
  await run.finished;
  return { results: messages.map((message, index) => run.results[index] ?? resultOf(message, 'rejected')) };
}
