// M51: a failed rehearsal is an error for the user.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import type { Context, DispatchBatch } from '../../src/contract/parts.ts';
import type { System } from '../../src/contract/system.ts';
import { batchRequestOf } from '../../src/legacy/batch-request.ts';
import { sabotage } from './sabotage.ts';
import { tookEffect } from './took-effect.ts';

async function shadowSend(context: Context, batch: DispatchBatch): Promise<void> {
  const call = await context.parts.callService(context, batchRequestOf(batch, { dryRun: true }));
  if (call.kind !== 'failed') return;
  tookEffect(context, 'M51');
  throw new Error('the rehearsal failed');
}

/** The properties that M51 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'M51',
  name: 'shadow-inline-throw',
  breaks: ['S13', 'S24'],
  lanes: ['sim', 'live'],
};

/** The reference with its part `shadowSend` replaced. */
export const system: System = sabotage({ shadowSend }, { name: 'M51-shadow-inline-throw', module: import.meta.url });
