// M24: after an unclear outcome the service sends the message through the next provider. The provider stub plays all of them.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import type { BatchResult } from '../../src/contract/batch.ts';
import type { Message } from '../../src/contract/message.ts';
import type { Context, Parts } from '../../src/contract/parts.ts';
import type { System } from '../../src/contract/system.ts';
import { referenceParts } from '../../src/reference.ts';
import { sabotage } from './sabotage.ts';
import { tookEffect } from './took-effect.ts';

function deliver(context: Context, message: Message): Promise<BatchResult> {
  const callProvider: Parts['callProvider'] = async (own, sent, credentials) => {
    const delivery = await referenceParts.callProvider(own, sent, credentials);
    if (delivery.kind !== 'unknown') return delivery;
    tookEffect(own, 'M24');
    return referenceParts.callProvider(own, sent, credentials);
  };
  return referenceParts.deliver({ ...context, parts: { ...context.parts, callProvider } }, message);
}

/** The properties that M24 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'M24',
  name: 'provider-failover-on-timeout',
  breaks: ['S1'],
  lanes: ['sim', 'live'],
};

/** The reference with its part `deliver` replaced. */
export const system: System = sabotage(
  { deliver },
  { name: 'M24-provider-failover-on-timeout', module: import.meta.url },
);
