// M76: the service purges its log after a while, and with it what it knows of the messages that it has sent.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import type { Message } from '../../src/contract/message.ts';
import type { Context } from '../../src/contract/parts.ts';
import { olderThan } from '../../src/contract/store.ts';
import type { System } from '../../src/contract/system.ts';
import { deliverUnlessKnown } from './deliver-unless-known.ts';
import { sabotage } from './sabotage.ts';

/** So long a message is remembered. */
const KEPT_MS = 200;

/** What was not purged is left to the authority, as ever. */
async function isKept({ env }: Context, { messageUuid }: Message): Promise<boolean> {
  const old = { message_uuid: messageUuid, dry_run: false, created_at: olderThan(KEPT_MS) };
  const purged = await env.store.transaction((tx) => tx.remove('go_sms_logs', old));
  return purged.kind !== 'committed' || purged.value === 0;
}

/** What it is. */
export const mutant: MutantDescription = {
  id: 'M76',
  name: 'purge-idempotency',
  breaks: ['S1'],
  lanes: ['sim'],
};

/** The mutant. */
export const system: System = sabotage(
  { deliver: deliverUnlessKnown('M76', isKept) },
  { name: 'M76-purge-idempotency', module: import.meta.url },
);
