// N04: reconciliation joins the two logs by phone number: it compares rows of different messages to the same number.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import type { Mismatch } from '../../src/contract/authority.ts';
import type { Context } from '../../src/contract/parts.ts';
import type { Transaction } from '../../src/contract/store.ts';
import type { System } from '../../src/contract/system.ts';
import { referenceParts } from '../../src/reference.ts';
import { sabotage } from './sabotage.ts';
import { tookEffect } from './took-effect.ts';

async function reconcile(context: Context): Promise<readonly Mismatch[]> {
  const found = await referenceParts.reconcile(context);
  const outcome = await context.env.store.transaction(crossed);
  const invented = outcome.kind === 'committed' ? outcome.value : [];
  if (invented.length > 0) tookEffect(context, 'N04');
  return [...found, ...invented];
}

/** The mismatches between a row of the service's log and a row of the legacy app's log for another message to the same number. */
async function crossed(tx: Transaction): Promise<Mismatch[]> {
  const items = await tx.select('campaign_sms', {});
  const phones = new Map(items.map((row) => [row.message_uuid, row.phone]));
  const logged = await tx.select('sms_logs', { source: 'go', status: 'accepted' });
  const sent = await tx.select('go_sms_logs', { dry_run: false, status: 'accepted' });
  return sent.flatMap((row) =>
    logged
      .filter(({ message_uuid }) => message_uuid !== row.message_uuid && phones.get(message_uuid) === row.recipient)
      .map((other) => ({
        kind: 'provider_message_id_mismatch' as const,
        messageUuid: row.message_uuid,
        legacyValue: other.provider_message_id,
        serviceValue: row.provider_message_id,
      })),
  );
}

/** The properties that N04 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'N04',
  name: 'recon-joins-by-recipient',
  breaks: ['S17'],
  lanes: ['sim', 'live'],
};

/** The reference with its part `reconcile` replaced. */
export const system: System = sabotage(
  { reconcile },
  { name: 'N04-recon-joins-by-recipient', module: import.meta.url },
);
