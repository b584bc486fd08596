// M05: the client rounds its budget down to whole seconds, and zero seconds mean no timeout at all.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import type { HttpOutcome, HttpPost } from '../../src/contract/http.ts';
import { TIMED_OUT } from '../../src/contract/env.ts';
import type { BatchRequest } from '../../src/contract/batch.ts';
import type { Context, ServiceCall } from '../../src/contract/parts.ts';
import type { System } from '../../src/contract/system.ts';
import { referenceParts } from '../../src/reference.ts';
import { sabotage } from './sabotage.ts';
import { tookEffect } from './took-effect.ts';

function callService(context: Context, request: BatchRequest): Promise<ServiceCall> {
  const { http, settings } = context.env;
  const wholeSeconds = Math.trunc(settings.budgetMs / 1_000);
  const timeouts = wholeSeconds === 0 ? {} : { totalMs: wholeSeconds * 1_000 };
  const post = async (asked: HttpPost): Promise<HttpOutcome> => {
    const work = http.post({ ...asked, timeouts });
    if ((await context.env.within(settings.budgetMs, work)) === TIMED_OUT) tookEffect(context, 'M05');
    return work;
  };
  return referenceParts.callService({ ...context, env: { ...context.env, http: { post } } }, request);
}

/** The properties that M05 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'M05',
  name: 'int-timeout',
  breaks: ['S14'],
  lanes: ['sim', 'live'],
};

/** The reference with its part `callService` replaced. */
export const system: System = sabotage({ callService }, { name: 'M05-int-timeout', module: import.meta.url });
