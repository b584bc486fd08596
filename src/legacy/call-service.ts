// The client of the service: one request within one total budget, never retried.
import { BATCH_PATH, type BatchRequest } from '../contract/batch.ts';
import type { Context, ServiceCall } from '../contract/parts.ts';
import { requireUuids } from './require-uuids.ts';

/** Calls the service, if the breaker admits it. Throws RequestError if a message has no uuid; a failed call is returned, not thrown. */
export async function callService(context: Context, request: BatchRequest): Promise<ServiceCall> {
  const { env, parts } = context;
  requireUuids(request.messages.map((message) => message.message_uuid));
  const breaker = request.dry_run ? 'dry' : 'live';
  if (!(await parts.breakerAdmits(context, breaker))) return { kind: 'failed', cause: 'breaker-open' };
  const outcome = await env.http.post({
    url: `${env.settings.serviceUrl}${BATCH_PATH}`,
    body: JSON.stringify(request),
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    timeouts: { totalMs: env.settings.budgetMs },
  });
  const call = parts.classifyAnswer(context, outcome);
  await parts.breakerRecords(context, breaker, showsHealth(call));
  return call;
}

/** Whether the call shows a working service. A service that rejects a request works: the error is in the request. */
function showsHealth(call: ServiceCall): boolean {
  return call.kind === 'answered' || call.cause === 'rejected-request';
}
