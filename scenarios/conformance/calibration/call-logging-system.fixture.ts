// The reference with a legacy app that also logs the outcome of each call to the service as its client sees it, which the taps cannot see.
import type { BatchRequest } from '../../../src/contract/batch.ts';
import type { HttpOutcome } from '../../../src/contract/http.ts';
import type { Context, ServiceCall } from '../../../src/contract/parts.ts';
import type { System } from '../../../src/contract/system.ts';
import { assemble, referenceParts } from '../../../src/reference.ts';

/** How the log lines about calls begin. */
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
  // The functions of an Env work without their object.
  const { now, sleep, within, spawn, uuid, log, store, settings } = env;
  const logging = { now, sleep, within, spawn, uuid, log, store, settings, http };
  return referenceParts.callService({ ...context, env: logging }, request);
}

function classOf(outcome: HttpOutcome): string {
  if (outcome.kind === 'answer') return `answer ${outcome.status}`;
  return `failure ${outcome.reason}, ${outcome.definite ? 'definite' : 'indefinite'}`;
}

/** The reference with its part `callService` replaced. */
export const system: System = assemble(
  { ...referenceParts, callService },
  { name: 'call-logging-reference', module: import.meta.url },
);
