// M25: a provider call that timed out or was answered 5xx is repeated, though the provider may have accepted the message.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import type { HttpOutcome, HttpPost } from '../../src/contract/http.ts';
import type { Delivery, Message } from '../../src/contract/message.ts';
import type { Context } from '../../src/contract/parts.ts';
import type { System } from '../../src/contract/system.ts';
import type { RowOf } from '../../src/contract/tables.ts';
import { referenceParts } from '../../src/reference.ts';
import { sabotage } from './sabotage.ts';
import { tookEffect } from './took-effect.ts';

function callProvider(
  context: Context,
  message: Message,
  credentials: RowOf<'provider_credentials'>,
): Promise<Delivery> {
  const { http } = context.env;
  const post = async (asked: HttpPost): Promise<HttpOutcome> => {
    const outcome = await http.post(asked);
    if (outcome.kind === 'answer' ? outcome.status < 500 : outcome.reason !== 'timeout') return outcome;
    tookEffect(context, 'M25');
    return http.post(asked);
  };
  const env = { ...context.env, http: { post } };
  return referenceParts.callProvider({ ...context, env }, message, credentials);
}

/** The properties that M25 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'M25',
  name: 'provider-retry-5xx',
  breaks: ['S1'],
  lanes: ['sim', 'live'],
};

/** The reference with its part `callProvider` replaced. */
export const system: System = sabotage({ callProvider }, { name: 'M25-provider-retry-5xx', module: import.meta.url });
