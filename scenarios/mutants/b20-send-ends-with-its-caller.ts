// B20: when the legacy app hangs up, the service abandons its provider call and reports the message as not sent.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import type { BatchRequest, BatchResponse } from '../../src/contract/batch.ts';
import type { CallerPresence } from '../../src/contract/http.ts';
import type { Delivery } from '../../src/contract/message.ts';
import type { Context, Parts } from '../../src/contract/parts.ts';
import type { System } from '../../src/contract/system.ts';
import { referenceParts } from '../../src/reference.ts';
import { sabotage } from './sabotage.ts';
import { tookEffect } from './took-effect.ts';

function receiveBatch(context: Context, request: BatchRequest, caller: CallerPresence): Promise<BatchResponse> {
  const givenUp = new Promise<Delivery>((resolve) => {
    caller.onGone(() => resolve({ kind: 'rejected', reason: 'the caller has gone' }));
  });
  const callProvider: Parts['callProvider'] = async (own, message, credentials) => {
    const delivery = await Promise.race([referenceParts.callProvider(own, message, credentials), givenUp]);
    if (caller.isGone) tookEffect(own, 'B20');
    return delivery;
  };
  return referenceParts.receiveBatch({ ...context, parts: { ...context.parts, callProvider } }, request, caller);
}

/** The properties that B20 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'B20',
  name: 'send-ends-with-its-caller',
  breaks: ['S8', 'S9', 'S10', 'L1'],
  lanes: ['sim'],
};

/** The reference with its part `receiveBatch` replaced. */
export const system: System = sabotage(
  { receiveBatch },
  { name: 'B20-send-ends-with-its-caller', module: import.meta.url },
);
