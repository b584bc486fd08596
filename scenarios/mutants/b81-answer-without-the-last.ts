// B81: the answer to a batch of several messages lacks the result of the last one: off by one.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import type { BatchRequest, BatchResponse } from '../../src/contract/batch.ts';
import type { CallerPresence } from '../../src/contract/http.ts';
import type { Context } from '../../src/contract/parts.ts';
import type { System } from '../../src/contract/system.ts';
import { referenceParts } from '../../src/reference.ts';
import { sabotage } from './sabotage.ts';
import { tookEffect } from './took-effect.ts';

async function receiveBatch(context: Context, request: BatchRequest, caller: CallerPresence): Promise<BatchResponse> {
  const { results } = await referenceParts.receiveBatch(context, request, caller);
  if (results.length < 2) return { results };
  tookEffect(context, 'B81');
  return { results: results.slice(0, -1) };
}

/** The properties that B81 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'B81',
  name: 'answer-without-the-last',
  breaks: ['S19'],
  lanes: ['sim', 'live'],
};

/** The reference with its part `receiveBatch` replaced. */
export const system: System = sabotage(
  { receiveBatch },
  { name: 'B81-answer-without-the-last', module: import.meta.url },
);
