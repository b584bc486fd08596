// W20: the time that the legacy app spends on its own records counts towards the call: an answer in time is treated as a timeout, and a
// timeout as a permission to send.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import type { Context, DispatchBatch, Parts } from '../../src/contract/parts.ts';
import type { System } from '../../src/contract/system.ts';
import { referenceParts } from '../../src/reference.ts';
import { sabotage } from './sabotage.ts';
import { unfenced } from './unfenced.ts';

const MICROS_PER_MS = 1_000;

function dispatch(context: Context, batch: DispatchBatch): Promise<void> {
  const { env } = context;
  let isMeasuredLate = false;
  const callService: Parts['callService'] = async (own, request) => {
    const dueMicros = env.now() + env.settings.budgetMs * MICROS_PER_MS;
    const call = await referenceParts.callService(own, request);
    isMeasuredLate = call.kind === 'answered' && env.now() >= dueMicros;
    return isMeasuredLate ? { kind: 'failed', cause: 'timeout' } : call;
  };
  const legacySend: Parts['legacySend'] = (own, messages, cause) => {
    const parts = isMeasuredLate ? { ...own.parts, ...unfenced('W20') } : own.parts;
    return referenceParts.legacySend({ ...own, parts }, messages, cause);
  };
  return referenceParts.dispatch({ ...context, parts: { ...context.parts, callService, legacySend } }, batch);
}

/** The properties that W20 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'W20',
  name: 'measured-late',
  breaks: ['S1', 'S2', 'S4'],
  // No fault of the live lane slows the database down.
  lanes: ['sim'],
};

/** The reference with its part `dispatch` replaced. */
export const system: System = sabotage({ dispatch }, { name: 'W20-measured-late', module: import.meta.url });
