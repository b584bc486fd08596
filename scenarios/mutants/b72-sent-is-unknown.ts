// B72: the service answers `unknown` for a uuid that it has sent before.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import type { Parts } from '../../src/contract/parts.ts';
import type { System } from '../../src/contract/system.ts';
import { referenceParts } from '../../src/reference.ts';
import { resultOf } from '../../src/service/batch-result.ts';
import { sabotage } from './sabotage.ts';
import { tookEffect } from './took-effect.ts';

const answerHeld: Parts['answerHeld'] = (context, message, claim) => {
  if (claim.holder !== 'service' || claim.state !== 'SENT') return referenceParts.answerHeld(context, message, claim);
  tookEffect(context, 'B72');
  return resultOf(message, 'unknown');
};

/** The properties that B72 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'B72',
  name: 'sent-is-unknown',
  breaks: ['S12'],
  lanes: ['sim'],
};

/** The reference with its part `answerHeld` replaced. */
export const system: System = sabotage({ answerHeld }, { name: 'B72-sent-is-unknown', module: import.meta.url });
