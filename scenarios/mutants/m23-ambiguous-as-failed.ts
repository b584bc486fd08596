// M23: an unclear outcome of a provider call counts as a failure: a lost reply, a timeout, an error that does not say what happened.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import type { HttpOutcome } from '../../src/contract/http.ts';
import type { Delivery } from '../../src/contract/message.ts';
import type { Context } from '../../src/contract/parts.ts';
import type { System } from '../../src/contract/system.ts';
import { referenceParts } from '../../src/reference.ts';
import { sabotage } from './sabotage.ts';
import { tookEffect } from './took-effect.ts';

function classifyDelivery(context: Context, outcome: HttpOutcome): Delivery {
  const delivery = referenceParts.classifyDelivery(context, outcome);
  if (delivery.kind !== 'unknown') return delivery;
  tookEffect(context, 'M23');
  return { kind: 'rejected', reason: delivery.reason };
}

/** The properties that M23 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'M23',
  name: 'ambiguous-as-failed',
  breaks: ['S12', 'S8'],
  lanes: ['sim', 'live'],
};

/** The reference with its part `classifyDelivery` replaced. */
export const system: System = sabotage(
  { classifyDelivery },
  { name: 'M23-ambiguous-as-failed', module: import.meta.url },
);
