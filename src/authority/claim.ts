// Competes for the authority over one uuid. Losing, and not knowing, are the same to the caller: it does not send.
import type { Claim } from '../contract/authority.ts';
import type { Message } from '../contract/message.ts';
import type { Context } from '../contract/parts.ts';
import { payloadDigestOf } from './payload-digest.ts';
import { retryOnce } from './retry-once.ts';

/** sa_claim under a token of this attempt; undefined when its outcome stays unknown. */
export async function claim(context: Context, message: Message, token: string): Promise<Claim | undefined> {
  const { env, role } = context;
  const outcome = await retryOnce(env.store, (tx) =>
    tx.call('sa_claim', {
      messageUuid: message.messageUuid,
      tenantId: message.tenantId,
      payloadDigest: payloadDigestOf(message),
      holder: role,
      token,
      leaseMs: env.settings.leaseMs,
    }),
  );
  return outcome.kind === 'committed' ? outcome.value : undefined;
}
