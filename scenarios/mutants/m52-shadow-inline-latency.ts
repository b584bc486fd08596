// M52: the legacy app awaits the rehearsal in SHADOW, so the user waits for the service.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import type { Context, DispatchBatch } from '../../src/contract/parts.ts';
import type { System } from '../../src/contract/system.ts';
import { batchRequestOf } from '../../src/legacy/batch-request.ts';
import { sabotage } from './sabotage.ts';
import { tookEffect } from './took-effect.ts';

async function shadowSend(context: Context, batch: DispatchBatch): Promise<void> {
  tookEffect(context, 'M52');
  await context.parts.callService(context, batchRequestOf(batch, { dryRun: true }));
}

/** The properties that M52 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'M52',
  name: 'shadow-inline-latency',
  breaks: ['S13'],
  lanes: ['sim'],
};

/** The reference with its part `shadowSend` replaced. */
export const system: System = sabotage({ shadowSend }, { name: 'M52-shadow-inline-latency', module: import.meta.url });
