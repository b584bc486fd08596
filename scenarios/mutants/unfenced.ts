// What mutants share that take something for a permission to send: the two parts that stop the legacy app at the authority, made to let it by.
import type { Claim } from '../../src/contract/authority.ts';
import type { Message } from '../../src/contract/message.ts';
import type { Context, Grant, Parts } from '../../src/contract/parts.ts';
import { referenceParts } from '../../src/reference.ts';
import { tookEffect } from './took-effect.ts';

/** An epoch that no row has: what is done under it changes nothing. */
export const NO_EPOCH = 0;

/** The parts of a sender that asks for the authority and sends without it too; `id` is the mutant's. */
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
