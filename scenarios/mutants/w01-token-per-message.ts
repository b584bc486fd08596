// W01: the service claims with the uuid as its token, instead of one token per attempt: all its attempts for a message share one grant.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import type { Message } from '../../src/contract/message.ts';
import type { Context, Parts } from '../../src/contract/parts.ts';
import type { System } from '../../src/contract/system.ts';
import { referenceParts } from '../../src/reference.ts';
import { sabotage } from './sabotage.ts';
import { tookEffect } from './took-effect.ts';

function admit(context: Context, message: Message): ReturnType<Parts['admit']> {
  const uuid = (): string => {
    tookEffect(context, 'W01');
    return message.messageUuid;
  };
  return referenceParts.admit({ ...context, env: { ...context.env, uuid } }, message);
}

/** The properties that W01 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'W01',
  name: 'token-per-message',
  breaks: ['S1'],
  lanes: ['sim', 'live'],
};

/** The reference with its part `admit` replaced. */
export const system: System = sabotage({ admit }, { name: 'W01-token-per-message', module: import.meta.url });
