// B62: the service's client sends every request in the name of the first tenant of its process, also for messages of other tenants.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import type { BatchRequest } from '../../src/contract/batch.ts';
import type { Env } from '../../src/contract/env.ts';
import type { Context, ServiceCall } from '../../src/contract/parts.ts';
import type { System } from '../../src/contract/system.ts';
import { referenceParts } from '../../src/reference.ts';
import { sabotage } from './sabotage.ts';
import { tookEffect } from './took-effect.ts';

/** The tenant of each process's first request. */
const firstTenants = new WeakMap<Env, number>();

function callService(context: Context, request: BatchRequest): Promise<ServiceCall> {
  const first = firstTenants.get(context.env) ?? request.tenant_id;
  firstTenants.set(context.env, first);
  if (first !== request.tenant_id) tookEffect(context, 'B62');
  return referenceParts.callService(context, { ...request, tenant_id: first });
}

/** The properties that B62 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'B62',
  name: 'asks-for-first-tenant',
  breaks: ['S22'],
  lanes: ['sim', 'live'],
};

/** The reference with its part `callService` replaced. */
export const system: System = sabotage({ callService }, { name: 'B62-asks-for-first-tenant', module: import.meta.url });
