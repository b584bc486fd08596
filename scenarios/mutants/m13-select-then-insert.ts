// M13: the service looks a message up in its log and then claims it: a second delivery between the two steps finds nothing either.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import type { Message } from '../../src/contract/message.ts';
import type { Context } from '../../src/contract/parts.ts';
import type { System } from '../../src/contract/system.ts';
import { deliverUnlessKnown } from './deliver-unless-known.ts';
import { sabotage } from './sabotage.ts';

async function isLogged({ env }: Context, { messageUuid }: Message): Promise<boolean> {
  const outcome = await env.store.transaction((tx) =>
    tx.select('go_sms_logs', { message_uuid: messageUuid, dry_run: false }),
  );
  return outcome.kind !== 'committed' || outcome.value.length > 0;
}

/** The properties that M13 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'M13',
  name: 'select-then-insert',
  breaks: ['S1'],
  lanes: ['sim', 'live'],
};

/** The reference with its part `deliver` replaced. */
export const system: System = sabotage(
  { deliver: deliverUnlessKnown('M13', isLogged) },
  { name: 'M13-select-then-insert', module: import.meta.url },
);
