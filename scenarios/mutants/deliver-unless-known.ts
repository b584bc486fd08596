// What mutants share that ask something else than the authority whether the service has had a message: they send what is not known there.
import type { Message } from '../../src/contract/message.ts';
import type { Context, Parts } from '../../src/contract/parts.ts';
import { referenceParts } from '../../src/reference.ts';
import { tookEffect } from './took-effect.ts';
import { NO_EPOCH } from './unfenced.ts';

/** The part `deliver` of the mutant `id`: a message that the service holds and that is not known is sent once more. */
export function deliverUnlessKnown(
  id: string,
  isKnown: (context: Context, message: Message) => Promise<boolean>,
): Parts['deliver'] {
  return async (context, message) => {
    const isSecond = await isKnown(context, message);
    const parts: Parts = {
      ...context.parts,
      admit: isSecond ? referenceParts.admit : (own, admitted) => admitUnlessLegacyHolds(own, admitted, id),
      beginSend: async (own, begun, grant) => grant.epoch === NO_EPOCH || referenceParts.beginSend(own, begun, grant),
    };
    return referenceParts.deliver({ ...context, parts }, message);
  };
}

/** What the legacy app holds is left to it. */
async function admitUnlessLegacyHolds(context: Context, message: Message, id: string): ReturnType<Parts['admit']> {
  let isHeldByService = false;
  const answerHeld: Parts['answerHeld'] = (own, held, claim) => {
    isHeldByService = claim.holder === 'service';
    return referenceParts.answerHeld(own, held, claim);
  };
  const admission = await referenceParts.admit({ ...context, parts: { ...context.parts, answerHeld } }, message);
  if (admission.kind === 'granted' || !isHeldByService) return admission;
  tookEffect(context, id);
  return { kind: 'granted', grant: { epoch: NO_EPOCH, token: context.env.uuid() } };
}
