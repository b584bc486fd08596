// The reference, whose client of the service also logs the outcome of each of its calls, which the taps cannot see.
import type { BatchRequest } from '../../../src/contract/batch.ts';
import type { HttpOutcome } from '../../../src/contract/http.ts';
import type { Context, ServiceCall } from '../../../src/contract/parts.ts';
import type { System } from '../../../src/contract/system.ts';
import { assemble, referenceParts } from '../../../src/reference.ts';

/** How its lines about calls begin. */
export const CALL_LINE = 'CALL_RESULT: ';

function callService(context: Context, request: BatchRequest): Promise<ServiceCall> {
  const { env } = context;
  const http: Context['env']['http'] = {
    async post(post) {
      const outcome = await env.http.post(post);
      env.log(`${CALL_LINE}${classOf(outcome)}`);
      return outcome;
    },
  };
  // An Env is made of functions that may be taken off it.
  const { now, sleep, within, spawn, uuid, log, store, settings } = env;
  const telling = { now, sleep, within, spawn, uuid, log, store, settings, http };
  return referenceParts.callService({ ...context, env: telling }, request);
}

function classOf(outcome: HttpOutcome): string {
  if (outcome.kind === 'answer') return `answer ${outcome.status}`;
  return `failure ${outcome.reason}, ${outcome.definite ? 'definite' : 'indefinite'}`;
}

/** The reference that tells. */
export const system: System = assemble(
  { ...referenceParts, callService },
  { name: 'telling-reference', module: import.meta.url },
);
