// Competes for the authority over one uuid. The caller sends only with a grant: not after a refusal, nor after an unknown outcome.
import type { Claim } from '../contract/authority.ts';
import type { Message } from '../contract/message.ts';
import type { Context } from '../contract/parts.ts';
import { payloadDigestOf } from './payload-digest.ts';
import { retryOnce } from './retry-once.ts';

/** Calls sa_claim with the token of this attempt; undefined if its outcome stays unknown. */
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
