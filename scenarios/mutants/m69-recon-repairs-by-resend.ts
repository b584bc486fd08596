// M69: reconciliation sends the messages that it reports as missing in the legacy app's log.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import type { Mismatch } from '../../src/contract/authority.ts';
import type { Context } from '../../src/contract/parts.ts';
import { anyOf } from '../../src/contract/store.ts';
import type { System } from '../../src/contract/system.ts';
import { messageOf } from '../../src/legacy/message-of.ts';
import { referenceParts } from '../../src/reference.ts';
import { sabotage } from './sabotage.ts';
import { unfenced } from './unfenced.ts';

async function reconcile(context: Context): Promise<readonly Mismatch[]> {
  const found = await referenceParts.reconcile(context);
  const missing = found.filter(({ kind }) => kind === 'missing_in_laravel').map(({ messageUuid }) => messageUuid);
  if (missing.length === 0) return found;
  const items = await context.env.store.transaction((tx) =>
    tx.select('campaign_sms', { message_uuid: anyOf(missing) }),
  );
  if (items.kind !== 'committed') return found;
  const messages = items.value.flatMap((row) => (row.message_uuid ? [messageOf(row, row.message_uuid)] : []));
  await referenceParts.legacySend({ ...context, parts: { ...context.parts, ...unfenced('M69') } }, messages);
  return found;
}

/** The properties that M69 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'M69',
  name: 'recon-repairs-by-resend',
  breaks: ['S1', 'S2'],
  lanes: ['sim', 'live'],
};

/** The reference with its part `reconcile` replaced. */
export const system: System = sabotage({ reconcile }, { name: 'M69-recon-repairs-by-resend', module: import.meta.url });
