// W12: the service calls its provider while begin-send is in flight, without waiting for the permission.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import type { BatchResult } from '../../src/contract/batch.ts';
import type { Delivery, Message } from '../../src/contract/message.ts';
import type { Context, Parts } from '../../src/contract/parts.ts';
import type { System } from '../../src/contract/system.ts';
import { referenceParts } from '../../src/reference.ts';
import { sabotage } from './sabotage.ts';
import { tookEffect } from './took-effect.ts';

function deliver(context: Context, message: Message): Promise<BatchResult> {
  let delivery: Promise<Delivery> | undefined;
  const loadCredentials: Parts['loadCredentials'] = async (own, asked) => {
    const credentials = await referenceParts.loadCredentials(own, asked);
    if (credentials !== undefined) {
      tookEffect(own, 'W12');
      delivery = own.parts.callProvider(own, asked, credentials);
    }
    return credentials;
  };
  const callProvider: Parts['callProvider'] = (own, sent, credentials) =>
    delivery ?? referenceParts.callProvider(own, sent, credentials);
  const parts = { ...context.parts, loadCredentials, callProvider };
  return referenceParts.deliver({ ...context, parts }, message);
}

/** The properties that W12 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'W12',
  name: 'send-beside-begin-send',
  breaks: ['S1', 'S20'],
  lanes: ['sim'],
};

/** The reference with its part `deliver` replaced. */
export const system: System = sabotage({ deliver }, { name: 'W12-send-beside-begin-send', module: import.meta.url });
