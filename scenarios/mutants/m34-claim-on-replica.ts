// M34: the service asks a replica whether it has received a message before, and the replica may lag.
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

/** The properties that M34 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'M34',
  name: 'claim-on-replica',
  breaks: ['S1'],
  // The live lane has no replica.
  lanes: ['sim'],
};

/** The reference with its part `deliver` replaced. */
export const system: System = sabotage(
  { deliver: deliverUnlessKnown('M34', isReplicated) },
  { name: 'M34-claim-on-replica', module: import.meta.url },
);
