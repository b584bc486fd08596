// M52: the rehearsal of SHADOW is awaited, so that the user waits for the service.
import type { Context, DispatchBatch } from '../../src/contract/parts.ts';
import type { System } from '../../src/contract/system.ts';
import { batchRequestOf } from '../../src/legacy/batch-request.ts';
import { sabotage } from './sabotage.ts';

async function shadowSend(context: Context, batch: DispatchBatch): Promise<void> {
  await context.parts.callService(context, batchRequestOf(batch, { dryRun: true }));
}

/** The mutant. */
export const system: System = sabotage({ shadowSend }, { name: 'M52-shadow-inline-latency', module: import.meta.url });
