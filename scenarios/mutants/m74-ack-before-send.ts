// M74: the service answers `accepted` once a message is in its in-memory queue, and sends it later, or never.
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

/** The properties that M74 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'M74',
  name: 'ack-before-send',
  breaks: ['S12'],
  otherwise:
    'settlement reads the authority, not the answers (S8), recovery takes up lost messages (L1), and no answer is `duplicate` (S11)',
  lanes: ['sim', 'live'],
};

/** The reference with its part `receiveBatch` replaced. */
export const system: System = sabotage({ receiveBatch }, { name: 'M74-ack-before-send', module: import.meta.url });
