// B50: the answer to the user says that no message was refused, even when some were.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import type { HttpResponse } from '../../src/contract/http.ts';
import type { Context, EntryRequest } from '../../src/contract/parts.ts';
import type { System } from '../../src/contract/system.ts';
import { jsonResponse } from '../../src/legacy/json-response.ts';
import { referenceParts } from '../../src/reference.ts';
import { sabotage } from './sabotage.ts';
import { tookEffect } from './took-effect.ts';

async function receiveEntry(context: Context, request: EntryRequest): Promise<HttpResponse> {
  const response = await referenceParts.receiveEntry(context, request);
  const reported = JSON.parse(response.body) as { readonly refused?: number };
  if ((reported.refused ?? 0) === 0) return response;
  tookEffect(context, 'B50');
  return jsonResponse(response.status, { ...reported, refused: 0 });
}

/** The properties that B50 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'B50',
  name: 'refusals-untold',
  breaks: ['S24'],
  lanes: ['sim', 'live'],
};

/** The reference with its part `receiveEntry` replaced. */
export const system: System = sabotage({ receiveEntry }, { name: 'B50-refusals-untold', module: import.meta.url });
