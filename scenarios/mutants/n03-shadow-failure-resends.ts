// N03: a failed rehearsal is treated as a failed send: the legacy app sends again what it has already sent.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import type { Context, DispatchBatch, Parts } from '../../src/contract/parts.ts';
import type { System } from '../../src/contract/system.ts';
import { referenceParts } from '../../src/reference.ts';
import { sabotage } from './sabotage.ts';
import { unfenced } from './unfenced.ts';

function shadowSend(context: Context, batch: DispatchBatch): Promise<void> {
  const callService: Parts['callService'] = async (own, request) => {
    const call = await referenceParts.callService(own, request);
    if (call.kind === 'failed') {
      const parts = { ...own.parts, ...unfenced('N03') };
      await referenceParts.legacySend({ ...own, parts }, batch.messages);
    }
    return call;
  };
  return referenceParts.shadowSend({ ...context, parts: { ...context.parts, callService } }, batch);
}

/** The properties that N03 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'N03',
  name: 'shadow-failure-resends',
  breaks: ['S1'],
  lanes: ['sim', 'live'],
};

/** The reference with its part `shadowSend` replaced. */
export const system: System = sabotage({ shadowSend }, { name: 'N03-shadow-failure-resends', module: import.meta.url });
