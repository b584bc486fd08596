// M02: the legacy app takes a 5xx answer to mean that the service accepted nothing, and sends without winning the authority.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import type { Context, DispatchBatch, Parts } from '../../src/contract/parts.ts';
import type { System } from '../../src/contract/system.ts';
import { referenceParts } from '../../src/reference.ts';
import { sabotage } from './sabotage.ts';
import { unfenced } from './unfenced.ts';

function dispatch(context: Context, batch: DispatchBatch): Promise<void> {
  const parts: Parts = {
    ...context.parts,
    decideFallback: (_context, call, messages) =>
      call.kind === 'failed' && call.cause === 'bad-answer'
        ? { cause: call.cause, messages }
        : referenceParts.decideFallback(context, call, messages),
    legacySend: (own, messages, cause) =>
      referenceParts.legacySend(
        cause === 'bad-answer' ? { ...own, parts: { ...own.parts, ...unfenced('M02') } } : own,
        messages,
        cause,
      ),
  };
  return referenceParts.dispatch({ ...context, parts }, batch);
}

/** The properties that M02 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'M02',
  name: 'fallback-on-5xx-blind',
  breaks: ['S1', 'S2'],
  lanes: ['sim'],
};

/** The reference with its part `dispatch` replaced. */
export const system: System = sabotage({ dispatch }, { name: 'M02-fallback-on-5xx-blind', module: import.meta.url });
