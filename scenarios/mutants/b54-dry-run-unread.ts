// B54: the service ignores `dry_run` and sends a batch that it should only rehearse.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import type { BatchRequest, BatchResponse } from '../../src/contract/batch.ts';
import type { CallerPresence } from '../../src/contract/http.ts';
import type { Context } from '../../src/contract/parts.ts';
import type { System } from '../../src/contract/system.ts';
import { referenceParts } from '../../src/reference.ts';
import { sabotage } from './sabotage.ts';
import { tookEffect } from './took-effect.ts';

function receiveBatch(context: Context, request: BatchRequest, caller: CallerPresence): Promise<BatchResponse> {
  if (request.dry_run) tookEffect(context, 'B54');
  return referenceParts.receiveBatch(context, { ...request, dry_run: false }, caller);
}

/** The properties that B54 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'B54',
  name: 'dry-run-unread',
  breaks: ['S5', 'S4'],
  lanes: ['sim'],
};

/** The reference with its part `receiveBatch` replaced. */
export const system: System = sabotage({ receiveBatch }, { name: 'B54-dry-run-unread', module: import.meta.url });
