// The part `deliver` of mutants whose service asks something other than the authority whether it has received a message before.
import type { Message } from '../../src/contract/message.ts';
import type { Context, Parts } from '../../src/contract/parts.ts';
import { referenceParts } from '../../src/reference.ts';
import { tookEffect } from './took-effect.ts';
import { NO_EPOCH } from './unfenced.ts';

/** The part `deliver` of the mutant `id`: unless `isKnown`, it sends a message again that the service already holds. */
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

/** Ignores a claim that the service holds, and respects one of the legacy app. */
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
