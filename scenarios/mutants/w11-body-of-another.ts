// W11: the service sends every message of a batch with the text of the first one.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import type { BatchRequest, BatchResponse } from '../../src/contract/batch.ts';
import type { CallerPresence } from '../../src/contract/http.ts';
import type { Context } from '../../src/contract/parts.ts';
import type { System } from '../../src/contract/system.ts';
import { referenceParts } from '../../src/reference.ts';
import { sabotage } from './sabotage.ts';
import { tookEffect } from './took-effect.ts';

function receiveBatch(context: Context, request: BatchRequest, caller: CallerPresence): Promise<BatchResponse> {
  const [first] = request.messages;
  if (first === undefined) return referenceParts.receiveBatch(context, request, caller);
  const messages = request.messages.map((message) => ({ ...message, body: first.body }));
  if (request.messages.some((message) => message.body !== first.body)) tookEffect(context, 'W11');
  return referenceParts.receiveBatch(context, { ...request, messages }, caller);
}

/** The properties that W11 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'W11',
  name: 'body-of-another',
  breaks: ['S18'],
  lanes: ['sim', 'live'],
};

/** The reference with its part `receiveBatch` replaced. */
export const system: System = sabotage({ receiveBatch }, { name: 'W11-body-of-another', module: import.meta.url });
