// M18: a uuid whose send was rejected is answered `duplicate`: every uuid with a row counts as sent.
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
  const isFailed = claim.holder === 'service' && claim.state === 'NOT_SENT';
  if (!isFailed) return referenceParts.answerHeld(context, message, claim);
  tookEffect(context, 'M18');
  return resultOf(message, 'duplicate');
}

/** The properties that M18 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'M18',
  name: 'duplicate-of-failed',
  breaks: ['S11'],
  lanes: ['sim'],
};

/** The reference with its part `answerHeld` replaced. */
export const system: System = sabotage({ answerHeld }, { name: 'M18-duplicate-of-failed', module: import.meta.url });
