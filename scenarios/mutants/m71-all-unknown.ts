// M71: every provider call ends as unknown: no message is sent twice, and no system knows whether one was sent.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import { referenceParts } from '../../src/reference.ts';
import type { HttpOutcome } from '../../src/contract/http.ts';
import type { Context } from '../../src/contract/parts.ts';
import type { Delivery } from '../../src/contract/message.ts';
import type { System } from '../../src/contract/system.ts';
import { sabotage } from './sabotage.ts';
import { tookEffect } from './took-effect.ts';

function classifyDelivery(context: Context, outcome: HttpOutcome): Delivery {
  if (referenceParts.classifyDelivery(context, outcome).kind !== 'unknown') tookEffect(context, 'M71');
  return { kind: 'unknown', reason: 'given up' };
}

/** The properties that M71 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'M71',
  name: 'all-unknown',
  breaks: ['L2', 'L4'],
  lanes: ['sim', 'live'],
};

/** The reference with its part `classifyDelivery` replaced. */
export const system: System = sabotage({ classifyDelivery }, { name: 'M71-all-unknown', module: import.meta.url });
