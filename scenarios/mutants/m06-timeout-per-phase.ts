// M06: the budget limits the connect and each wait for more bytes, not the whole call: an answer that arrives in small pieces keeps it
// open.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import type { BatchRequest } from '../../src/contract/batch.ts';
import { TIMED_OUT } from '../../src/contract/env.ts';
import type { HttpOutcome, HttpPost } from '../../src/contract/http.ts';
import type { Context, ServiceCall } from '../../src/contract/parts.ts';
import type { System } from '../../src/contract/system.ts';
import { referenceParts } from '../../src/reference.ts';
import { sabotage } from './sabotage.ts';
import { tookEffect } from './took-effect.ts';

function callService(context: Context, request: BatchRequest): Promise<ServiceCall> {
  const { http, settings } = context.env;
  const { budgetMs } = settings;
  const post = async (asked: HttpPost): Promise<HttpOutcome> => {
    const work = http.post({ ...asked, timeouts: { connectMs: budgetMs, readMs: budgetMs } });
    if ((await context.env.within(budgetMs, work)) === TIMED_OUT) tookEffect(context, 'M06');
    return work;
  };
  return referenceParts.callService({ ...context, env: { ...context.env, http: { post } } }, request);
}

/** The properties that M06 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'M06',
  name: 'timeout-per-phase',
  breaks: ['S14'],
  // No fault of the live lane delivers an answer in small pieces.
  lanes: ['sim'],
};

/** The reference with its part `callService` replaced. */
export const system: System = sabotage({ callService }, { name: 'M06-timeout-per-phase', module: import.meta.url });
