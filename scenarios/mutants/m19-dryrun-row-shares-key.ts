// M19: the row of a rehearsal has the key of a live one. A message keeps its mode, so no live send finds the row, but the two logs differ.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import type { BatchResult } from '../../src/contract/batch.ts';
import type { Message } from '../../src/contract/message.ts';
import type { Context } from '../../src/contract/parts.ts';
import type { System } from '../../src/contract/system.ts';
import { referenceParts } from '../../src/reference.ts';
import { sabotage } from './sabotage.ts';
import { tookEffect } from './took-effect.ts';

async function rehearse(context: Context, message: Message): Promise<BatchResult> {
  const result = await referenceParts.rehearse(context, message);
  const { messageUuid } = message;
  const shared = await context.env.store.transaction((tx) =>
    tx.update('go_sms_logs', { message_uuid: messageUuid, dry_run: true }, { dry_run: false }),
  );
  if (shared.kind === 'committed' && shared.value.length > 0) tookEffect(context, 'M19');
  return result;
}

/** The properties that M19 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'M19',
  name: 'dryrun-row-shares-key',
  breaks: ['L5'],
  otherwise:
    'a message keeps the mode it entered in, so no live request has the uuid of a rehearsal (S11, L2), and only the table of the service changes (S5)',
  lanes: ['sim', 'live'],
};

/** The reference with its part `rehearse` replaced. */
export const system: System = sabotage({ rehearse }, { name: 'M19-dryrun-row-shares-key', module: import.meta.url });
