// M20: the client sends `dry_run` under a wrong name, and the service takes the missing field for false: it sends instead of rehearsing.
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

/** The properties that M20 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'M20',
  name: 'dryrun-default-false',
  breaks: ['S4'],
  lanes: ['sim', 'live'],
};

/** The reference with its part `shadowSend` replaced. */
export const system: System = sabotage({ shadowSend }, { name: 'M20-dryrun-default-false', module: import.meta.url });
