// B53: the legacy app rehearses only the first message of a batch.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import type { Context, DispatchBatch } from '../../src/contract/parts.ts';
import type { System } from '../../src/contract/system.ts';
import { referenceParts } from '../../src/reference.ts';
import { sabotage } from './sabotage.ts';
import { tookEffect } from './took-effect.ts';

async function dispatch(context: Context, batch: DispatchBatch): Promise<void> {
  const { shadowSend } = context.parts;
  const parts = {
    ...context.parts,
    shadowSend: (own: Context, { messages, ...rest }: DispatchBatch): Promise<void> => {
      if (messages.length > 1) tookEffect(own, 'B53');
      return shadowSend(own, { ...rest, messages: messages.slice(0, 1) });
    },
  };
  await referenceParts.dispatch({ ...context, parts }, batch);
}

/** The properties that B53 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'B53',
  name: 'rehearses-the-first',
  breaks: ['S13'],
  lanes: ['sim', 'live'],
};

/** The reference with its part `dispatch` replaced. */
export const system: System = sabotage({ dispatch }, { name: 'B53-rehearses-the-first', module: import.meta.url });
