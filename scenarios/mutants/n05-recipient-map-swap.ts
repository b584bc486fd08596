// N05: the map from uuids to recipients is off by one: each message of a batch goes to the number of the message before it.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import type { Context, DispatchBatch } from '../../src/contract/parts.ts';
import type { System } from '../../src/contract/system.ts';
import { referenceParts } from '../../src/reference.ts';
import { sabotage } from './sabotage.ts';
import { tookEffect } from './took-effect.ts';

async function dispatch(context: Context, batch: DispatchBatch): Promise<void> {
  const recipients = batch.messages.map(({ recipient }) => recipient);
  const messages = batch.messages.map((message, index) => ({
    ...message,
    recipient: recipients.at(index - 1) ?? message.recipient,
  }));
  if (new Set(recipients).size > 1) tookEffect(context, 'N05');
  await referenceParts.dispatch(context, { ...batch, messages });
}

/** The properties that N05 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'N05',
  name: 'recipient-map-swap',
  breaks: ['S18'],
  lanes: ['sim', 'live'],
};

/** The reference with its part `dispatch` replaced. */
export const system: System = sabotage({ dispatch }, { name: 'N05-recipient-map-swap', module: import.meta.url });
