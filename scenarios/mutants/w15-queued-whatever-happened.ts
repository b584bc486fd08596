// W15: the user gets 200 and `queued`, even if the entry failed.
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
  if (response.status < 400) return response;
  tookEffect(context, 'W15');
  return jsonResponse(200, { status: 'queued', messages: 0, refused: 0 });
}

/** The properties that W15 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'W15',
  name: 'queued-whatever-happened',
  breaks: ['S24'],
  lanes: ['sim'],
};

/** The reference with its part `receiveEntry` replaced. */
export const system: System = sabotage(
  { receiveEntry },
  { name: 'W15-queued-whatever-happened', module: import.meta.url },
);
