// For mutants that send without permission: a `claim` and a `beginSend` that let the legacy app pass the authority.
import type { Claim } from '../../src/contract/authority.ts';
import type { Message } from '../../src/contract/message.ts';
import type { Context, Grant, Parts } from '../../src/contract/parts.ts';
import { referenceParts } from '../../src/reference.ts';
import { tookEffect } from './took-effect.ts';

/** An epoch that no row has: a statement with it changes nothing. */
export const NO_EPOCH = 0;

/** A `claim` and a `beginSend` that ask the authority and always succeed; `id` is the mutant's. */
export function unfenced(id: string): Pick<Parts, 'claim' | 'beginSend'> {
  return {
    async claim(context: Context, message: Message, token: string): Promise<Claim> {
      const claim = await referenceParts.claim(context, message, token);
      if (claim?.kind === 'granted') return claim;
      tookEffect(context, id);
      return { kind: 'granted', epoch: NO_EPOCH };
    },
    async beginSend(context: Context, message: Message, grant: Grant): Promise<boolean> {
      await referenceParts.beginSend(context, message, grant);
      return true;
    },
  };
}
