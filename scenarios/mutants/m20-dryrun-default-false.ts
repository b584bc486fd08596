// M20: the client writes the flag of a rehearsal under another name, and the service takes what is missing for false: it is asked to send.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import type { Context, DispatchBatch, Parts } from '../../src/contract/parts.ts';
import type { System } from '../../src/contract/system.ts';
import { referenceParts } from '../../src/reference.ts';
import { sabotage } from './sabotage.ts';
import { tookEffect } from './took-effect.ts';

function shadowSend(context: Context, batch: DispatchBatch): Promise<void> {
  const callService: Parts['callService'] = (own, request) => {
    tookEffect(own, 'M20');
    return referenceParts.callService(own, { ...request, dry_run: false });
  };
  return referenceParts.shadowSend({ ...context, parts: { ...context.parts, callService } }, batch);
}

/** What it is. */
export const mutant: MutantDescription = {
  id: 'M20',
  name: 'dryrun-default-false',
  breaks: ['S4'],
  lanes: ['sim', 'live'],
};

/** The mutant. */
export const system: System = sabotage({ shadowSend }, { name: 'M20-dryrun-default-false', module: import.meta.url });
