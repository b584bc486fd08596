// M05: the budget is cut down to whole seconds, and zero seconds mean no budget at all.
import type { BatchRequest } from '../../src/contract/batch.ts';
import type { Context, ServiceCall } from '../../src/contract/parts.ts';
import type { System } from '../../src/contract/system.ts';
import { referenceParts } from '../../src/reference.ts';
import { sabotage } from './sabotage.ts';

function callService(context: Context, request: BatchRequest): Promise<ServiceCall> {
  const { http } = context.env;
  const wholeSeconds = Math.trunc(context.env.settings.budgetMs / 1_000);
  const timeouts = wholeSeconds === 0 ? {} : { totalMs: wholeSeconds * 1_000 };
  const env = {
    ...context.env,
    http: { post: (post: Parameters<typeof http.post>[0]) => http.post({ ...post, timeouts }) },
  };
  return referenceParts.callService({ ...context, env }, request);
}

/** The mutant. */
export const system: System = sabotage({ callService }, { name: 'M05-int-timeout', module: import.meta.url });
