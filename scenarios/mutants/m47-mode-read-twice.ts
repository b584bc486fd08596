// M47: the mode is read again after the entry, and the messages are sent in that mode instead of their pinned one.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import type { HttpResponse } from '../../src/contract/http.ts';
import type { Context, EntryRequest } from '../../src/contract/parts.ts';
import type { System } from '../../src/contract/system.ts';
import { referenceParts } from '../../src/reference.ts';
import { dispatchingByFlag } from './dispatch-by-flag.ts';
import { sabotage } from './sabotage.ts';

function receiveEntry(context: Context, request: EntryRequest): Promise<HttpResponse> {
  return referenceParts.receiveEntry(dispatchingByFlag(context, 'M47'), request);
}

/** The properties that M47 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'M47',
  name: 'mode-read-twice',
  breaks: ['S16'],
  lanes: ['sim'],
};

/** The reference with its part `receiveEntry` replaced. */
export const system: System = sabotage({ receiveEntry }, { name: 'M47-mode-read-twice', module: import.meta.url });
