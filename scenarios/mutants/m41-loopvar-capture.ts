// M41: the workers share one loop variable: every message of a batch has the recipient and the text of the last one.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import type { BatchRequest, BatchResponse } from '../../src/contract/batch.ts';
import type { CallerPresence } from '../../src/contract/http.ts';
import type { Context } from '../../src/contract/parts.ts';
import type { System } from '../../src/contract/system.ts';
import { referenceParts } from '../../src/reference.ts';
import { sabotage } from './sabotage.ts';
import { tookEffect } from './took-effect.ts';

function receiveBatch(context: Context, request: BatchRequest, caller: CallerPresence): Promise<BatchResponse> {
  const last = request.messages.at(-1);
  if (last === undefined) return referenceParts.receiveBatch(context, request, caller);
  const messages = request.messages.map((message) => ({ ...message, recipient: last.recipient, body: last.body }));
  if (request.messages.length > 1) tookEffect(context, 'M41');
  return referenceParts.receiveBatch(context, { ...request, messages }, caller);
}

/** The properties that M41 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'M41',
  name: 'loopvar-capture',
  breaks: ['S1', 'S18'],
  lanes: ['sim', 'live'],
};

/** The reference with its part `receiveBatch` replaced. */
export const system: System = sabotage({ receiveBatch }, { name: 'M41-loopvar-capture', module: import.meta.url });
