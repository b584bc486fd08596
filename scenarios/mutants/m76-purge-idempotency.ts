// M76: the service purges old rows of its log, and then no longer knows that it has sent those messages.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import type { Message } from '../../src/contract/message.ts';
import type { Context } from '../../src/contract/parts.ts';
import { olderThan } from '../../src/contract/store.ts';
import type { System } from '../../src/contract/system.ts';
import { deliverUnlessKnown } from './deliver-unless-known.ts';
import { sabotage } from './sabotage.ts';

/** How long a row of the log is kept. */
const KEPT_MS = 200;

/** False when it has just purged the row of the message; otherwise the authority decides, as in the reference. */
async function isKept({ env }: Context, { messageUuid }: Message): Promise<boolean> {
  const old = { message_uuid: messageUuid, dry_run: false, created_at: olderThan(KEPT_MS) };
  const purged = await env.store.transaction((tx) => tx.remove('go_sms_logs', old));
  return purged.kind !== 'committed' || purged.value === 0;
}

/** The properties that M76 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'M76',
  name: 'purge-idempotency',
  breaks: ['S1'],
  lanes: ['sim'],
};

/** The reference with its part `deliver` replaced. */
export const system: System = sabotage(
  { deliver: deliverUnlessKnown('M76', isKept) },
  { name: 'M76-purge-idempotency', module: import.meta.url },
);
