// M34: the service asks a replica whether it has had a message, and the replica may not have it yet.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import type { Message } from '../../src/contract/message.ts';
import type { Context } from '../../src/contract/parts.ts';
import type { System } from '../../src/contract/system.ts';
import { deliverUnlessKnown } from './deliver-unless-known.ts';
import { sabotage } from './sabotage.ts';

async function isReplicated({ env }: Context, { messageUuid }: Message): Promise<boolean> {
  const outcome = await env.store.transaction(
    (tx) => tx.select('go_sms_logs', { message_uuid: messageUuid, dry_run: false }),
    { readFrom: 'replica' },
  );
  return outcome.kind !== 'committed' || outcome.value.length > 0;
}

/** What it is. */
export const mutant: MutantDescription = {
  id: 'M34',
  name: 'claim-on-replica',
  breaks: ['S1'],
  // The live lane has no replica.
  lanes: ['sim'],
};

/** The mutant. */
export const system: System = sabotage(
  { deliver: deliverUnlessKnown('M34', isReplicated) },
  { name: 'M34-claim-on-replica', module: import.meta.url },
);
