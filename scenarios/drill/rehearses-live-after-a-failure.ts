// After a failed rehearsal, the next rehearsal is requested without dry_run.
import type { BatchRequest } from '../../src/contract/batch.ts';
import type { Context, ServiceCall } from '../../src/contract/parts.ts';
import type { System } from '../../src/contract/system.ts';
import { referenceParts } from '../../src/reference.ts';
import { sabotage } from '../mutants/sabotage.ts';
import { lifeOf } from './life-of.ts';

async function callService(context: Context, request: BatchRequest): Promise<ServiceCall> {
  if (!request.dry_run) return referenceParts.callService(context, request);
  const { marks } = lifeOf(context);
  const call = await referenceParts.callService(context, { ...request, dry_run: !marks.delete('failed') });
  if (call.kind === 'failed') marks.add('failed');
  return call;
}

/** The reference with `callService` replaced. */
export const system: System = sabotage(
  { callService },
  { name: 'rehearses-live-after-a-failure', module: import.meta.url },
);
