// B04: the source of a log row is taken from the mode instead of the sender: a fallback in ON is logged as the service's send.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import type { BatchResult } from '../../src/contract/batch.ts';
import type { Message } from '../../src/contract/message.ts';
import type { Context } from '../../src/contract/parts.ts';
import type { System } from '../../src/contract/system.ts';
import { referenceParts } from '../../src/reference.ts';
import { sabotage } from './sabotage.ts';
import { tookEffect } from './took-effect.ts';

async function settle(context: Context, messages: readonly Message[], results: readonly BatchResult[]): Promise<void> {
  await referenceParts.settle(context, messages, results);
  for (const { messageUuid } of messages) {
    await context.env.store.transaction(async (tx) => {
      const [item] = await tx.select('campaign_sms', { message_uuid: messageUuid, mode: 'ON' });
      if (item === undefined) return;
      const changed = await tx.update('sms_logs', { message_uuid: messageUuid, source: 'legacy' }, { source: 'go' });
      if (changed.length > 0) tookEffect(context, 'B04');
    });
  }
}

/** The properties that B04 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'B04',
  name: 'log-source-by-mode',
  breaks: ['S8'],
  lanes: ['sim', 'live'],
};

/** The reference with its part `settle` replaced. */
export const system: System = sabotage({ settle }, { name: 'B04-log-source-by-mode', module: import.meta.url });
