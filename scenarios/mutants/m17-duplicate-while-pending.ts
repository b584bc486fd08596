// M17: a uuid whose send is still in flight is answered `duplicate`, as if it had been accepted.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import type { Claim } from '../../src/contract/authority.ts';
import type { BatchResult } from '../../src/contract/batch.ts';
import type { Message } from '../../src/contract/message.ts';
import type { Context } from '../../src/contract/parts.ts';
import type { System } from '../../src/contract/system.ts';
import { referenceParts } from '../../src/reference.ts';
import { resultOf } from '../../src/service/batch-result.ts';
import { sabotage } from './sabotage.ts';
import { tookEffect } from './took-effect.ts';

function answerHeld(context: Context, message: Message, claim: Extract<Claim, { kind: 'held' }>): BatchResult {
  const isPending = claim.holder === 'service' && (claim.state === 'CLAIMED' || claim.state === 'SENDING');
  if (!isPending) return referenceParts.answerHeld(context, message, claim);
  tookEffect(context, 'M17');
  return resultOf(message, 'duplicate');
}

/** The properties that M17 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'M17',
  name: 'duplicate-while-pending',
  breaks: ['S11'],
  lanes: ['sim', 'live'],
};

/** The reference with its part `answerHeld` replaced. */
export const system: System = sabotage(
  { answerHeld },
  { name: 'M17-duplicate-while-pending', module: import.meta.url },
);
