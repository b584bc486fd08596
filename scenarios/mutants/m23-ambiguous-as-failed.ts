// M23: what the provider left open counts as failed: a reply that was lost, a timeout, an error that does not say what happened to the message.
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

/** What it is. */
export const mutant: MutantDescription = {
  id: 'M23',
  name: 'ambiguous-as-failed',
  breaks: ['S12', 'S8'],
  lanes: ['sim', 'live'],
};

/** The mutant. */
export const system: System = sabotage(
  { classifyDelivery },
  { name: 'M23-ambiguous-as-failed', module: import.meta.url },
);
