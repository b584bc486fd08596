// W21: the code that measures a call to the service makes the call a second time.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import type { BatchRequest } from '../../src/contract/batch.ts';
import type { HttpOutcome, HttpPost } from '../../src/contract/http.ts';
import type { Context, ServiceCall } from '../../src/contract/parts.ts';
import type { System } from '../../src/contract/system.ts';
import { referenceParts } from '../../src/reference.ts';
import { sabotage } from './sabotage.ts';
import { tookEffect } from './took-effect.ts';

function callService(context: Context, request: BatchRequest): Promise<ServiceCall> {
  const { http } = context.env;
  const post = async (asked: HttpPost): Promise<HttpOutcome> => {
    const outcome = await http.post(asked);
    tookEffect(context, 'W21');
    await http.post(asked);
    return outcome;
  };
  return referenceParts.callService({ ...context, env: { ...context.env, http: { post } } }, request);
}

/** The properties that W21 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'W21',
  name: 'instrumentation-runs-twice',
  breaks: ['S14'],
  lanes: ['sim', 'live'],
};

/** The reference with its part `callService` replaced. */
export const system: System = sabotage(
  { callService },
  { name: 'W21-instrumentation-runs-twice', module: import.meta.url },
);
