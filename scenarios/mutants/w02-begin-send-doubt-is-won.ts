// W02: a begin-send whose COMMIT was not acknowledged counts as committed.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import type { Message } from '../../src/contract/message.ts';
import type { Context, Grant } from '../../src/contract/parts.ts';
import type { System } from '../../src/contract/system.ts';
import { sabotage } from './sabotage.ts';
import { tookEffect } from './took-effect.ts';

async function beginSend(context: Context, { messageUuid }: Message, grant: Grant): Promise<boolean> {
  const outcome = await context.env.store.transaction((tx) => tx.call('sa_begin_send', { messageUuid, ...grant }));
  if (outcome.kind === 'unknown') tookEffect(context, 'W02');
  return outcome.kind === 'unknown' || (outcome.kind === 'committed' && outcome.value);
}

/** The properties that W02 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'W02',
  name: 'begin-send-doubt-is-won',
  breaks: ['S1'],
  // No fault of the live lane loses the reply to a COMMIT.
  lanes: ['sim'],
};

/** The reference with its part `beginSend` replaced. */
export const system: System = sabotage({ beginSend }, { name: 'W02-begin-send-doubt-is-won', module: import.meta.url });
