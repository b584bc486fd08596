// B08: once a send of the service has ended as unknown, it takes its provider for broken, for good: it rejects all later messages untried.
import type { Delivery, Message } from '../../src/contract/message.ts';
import type { Context } from '../../src/contract/parts.ts';
import type { System } from '../../src/contract/system.ts';
import type { RowOf } from '../../src/contract/tables.ts';
import { referenceParts } from '../../src/reference.ts';
import { sabotage } from './sabotage.ts';

async function callProvider(
  context: Context,
  message: Message,
  credentials: RowOf<'provider_credentials'>,
): Promise<Delivery> {
  if (context.role === 'service' && (await isInDoubt(context))) return { kind: 'rejected', reason: 'an earlier doubt' };
  return referenceParts.callProvider(context, message, credentials);
}

async function isInDoubt({ env }: Context): Promise<boolean> {
  const outcome = await env.store.transaction((tx) => tx.select('go_sms_logs', { status: 'unknown' }));
  return outcome.kind === 'committed' && outcome.value.length > 0;
}

/** The mutant. */
export const system: System = sabotage(
  { callProvider },
  { name: 'B08-rejects-after-a-doubt', module: import.meta.url },
);
