// Idempotency of the service: a message is sent only after a granted claim. The same transaction writes the log row.
import { payloadDigestOf } from '../authority/payload-digest.ts';
import { retryOnce } from '../authority/retry-once.ts';
import type { Claim } from '../contract/authority.ts';
import type { BatchResult } from '../contract/batch.ts';
import type { Message } from '../contract/message.ts';
import type { Context, Grant } from '../contract/parts.ts';
import type { Transaction } from '../contract/store.ts';
import { resultOf } from './batch-result.ts';

/** A grant, or the result to answer without one. If the outcome of the claim stays unknown, its lease expires and recovery tries again. */
export async function admit(
  context: Context,
  message: Message,
): Promise<{ kind: 'granted'; grant: Grant } | { kind: 'answered'; result: BatchResult }> {
  const { env, parts } = context;
  const token = env.uuid();
  const outcome = await retryOnce(env.store, (tx) => claimWithRow(context, tx, { message, token }));
  if (outcome.kind !== 'committed') return { kind: 'answered', result: resultOf(message, 'in_progress') };
  const claim = outcome.value;
  if (claim.kind === 'conflict') return { kind: 'answered', result: resultOf(message, 'conflict') };
  if (claim.kind === 'held') return { kind: 'answered', result: parts.answerHeld(context, message, claim) };
  return { kind: 'granted', grant: { epoch: claim.epoch, token } };
}

/** Claims first, so that the service writes no log row for a uuid that another attempt holds: reconciliation would have to explain it. */
async function claimWithRow(
  { env, role }: Context,
  tx: Transaction,
  { message, token }: { message: Message; token: string },
): Promise<Claim> {
  const { messageUuid, tenantId, recipient, body } = message;
  const { leaseMs } = env.settings;
  const payloadDigest = payloadDigestOf(message);
  const claim = await tx.call('sa_claim', { messageUuid, tenantId, payloadDigest, holder: role, token, leaseMs });
  if (claim.kind !== 'granted') return claim;
  await tx.insert(
    'go_sms_logs',
    { message_uuid: messageUuid, dry_run: false, tenant_id: tenantId, recipient, body, status: 'pending' },
    { onConflict: 'ignore' },
  );
  return claim;
}
