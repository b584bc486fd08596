// The batch endpoint: it answers in time, with the results so far. The workers go on after the answer.
import type { BatchRequest, BatchResponse } from '../contract/batch.ts';
import type { Context } from '../contract/parts.ts';
import { resultOf } from './batch-result.ts';
import { messagesOf } from './messages-of.ts';

/** One result for each message of the request, in its order. Messages without a result by `answerByMs` are in_progress. */
export async function receiveBatch(context: Context, request: BatchRequest): Promise<BatchResponse> {
  const { env, parts } = context;
  const messages = messagesOf(request);
  const jobs = messages.map(
    (message) => () => (request.dry_run ? parts.rehearse(context, message) : parts.deliver(context, message)),
  );
  const run = parts.runWorkers(context, jobs);
  await env.within(env.settings.answerByMs, run.finished);
  return { results: messages.map((message, index) => run.results[index] ?? resultOf(message, 'in_progress')) };
}
