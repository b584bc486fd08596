// M24: a message whose provider did not say what happened to it goes to the next provider; the one of the rig stands for them all.
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

/** What it is. */
export const mutant: MutantDescription = {
  id: 'M24',
  name: 'provider-failover-on-timeout',
  breaks: ['S1'],
  lanes: ['sim', 'live'],
};

/** The mutant. */
export const system: System = sabotage(
  { deliver },
  { name: 'M24-provider-failover-on-timeout', module: import.meta.url },
);
