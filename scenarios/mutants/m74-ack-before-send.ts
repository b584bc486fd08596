// M74: the service answers `accepted` as soon as a message is in its queue, which lives in memory; the send comes later, or never.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import type { BatchRequest, BatchResponse } from '../../src/contract/batch.ts';
import type { CallerPresence } from '../../src/contract/http.ts';
import type { Context } from '../../src/contract/parts.ts';
import type { System } from '../../src/contract/system.ts';
import { referenceParts } from '../../src/reference.ts';
import { resultOf } from '../../src/service/batch-result.ts';
import { messagesOf } from '../../src/service/messages-of.ts';
import { sabotage } from './sabotage.ts';
import { tookEffect } from './took-effect.ts';

function receiveBatch(context: Context, request: BatchRequest, caller: CallerPresence): Promise<BatchResponse> {
  if (request.dry_run) return referenceParts.receiveBatch(context, request, caller);
  const messages = messagesOf(request);
  context.parts.runWorkers(
    context,
    messages.map((message) => () => context.parts.deliver(context, message)),
  );
  tookEffect(context, 'M74');
  return Promise.resolve({ results: messages.map((message) => resultOf(message, 'accepted')) });
}

/** What it is. */
export const mutant: MutantDescription = {
  id: 'M74',
  name: 'ack-before-send',
  breaks: ['S12'],
  otherwise:
    'settlement reads the authority and no answer (S8), recovery takes up what was lost (L1), and no answer is `duplicate` (S11)',
  lanes: ['sim', 'live'],
};

/** The mutant. */
export const system: System = sabotage({ receiveBatch }, { name: 'M74-ack-before-send', module: import.meta.url });
