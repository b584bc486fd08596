// The credentials for one message. They are read for each message: a cache would need tenant and provider in its key.
import type { Message } from '../contract/message.ts';
import type { Context } from '../contract/parts.ts';
import type { RowOf } from '../contract/tables.ts';

/** The tenant's credentials at the message's provider; undefined if it has none. Throws if they cannot be read. */
export async function loadCredentials(
  context: Context,
  message: Message,
): Promise<RowOf<'provider_credentials'> | undefined> {
  const { tenantId, provider } = message;
  const outcome = await context.env.store.transaction((tx) =>
    tx.select('provider_credentials', { tenant_id: tenantId, provider }),
  );
  if (outcome.kind === 'committed') return outcome.value[0];
  throw new Error(`expected to read the credentials of tenant ${tenantId}, received: ${outcome.kind}`);
}
