// B31: live calls and rehearsals share one breaker: a failed rehearsal counts against live calls.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import type { BatchRequest } from '../../src/contract/batch.ts';
import type { Context, Parts, ServiceCall } from '../../src/contract/parts.ts';
import type { System } from '../../src/contract/system.ts';
import { referenceParts } from '../../src/reference.ts';
import { sabotage } from './sabotage.ts';
import { tookEffect } from './took-effect.ts';

function callService(context: Context, request: BatchRequest): Promise<ServiceCall> {
  if (!request.dry_run) return referenceParts.callService(context, request);
  const { breakerAdmits, breakerRecords } = context.parts;
  const parts: Parts = {
    ...context.parts,
    breakerAdmits: (own) => breakerAdmits(own, 'live'),
    breakerRecords(own, _name, success) {
      if (!success) tookEffect(own, 'B31');
      return breakerRecords(own, 'live', success);
    },
  };
  return referenceParts.callService({ ...context, parts }, request);
}

/** The properties that B31 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'B31',
  name: 'rehearsals-ask-the-live-breaker',
  breaks: ['S15'],
  lanes: ['sim', 'live'],
};

/** The reference with its part `callService` replaced. */
export const system: System = sabotage(
  { callService },
  { name: 'B31-rehearsals-ask-the-live-breaker', module: import.meta.url },
);
