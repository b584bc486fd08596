// Recovery sends every message in doubt again, long after the provider has recovered.
import { anyOf } from '../../src/contract/store.ts';
import type { Context, RecoveryReport } from '../../src/contract/parts.ts';
import { messageOf } from '../../src/legacy/message-of.ts';
import type { System } from '../../src/contract/system.ts';
import { referenceParts } from '../../src/reference.ts';
import { sabotage } from '../mutants/sabotage.ts';
import { lifeOf } from './life-of.ts';

async function recover(context: Context): Promise<RecoveryReport> {
  const report = await referenceParts.recover(context);
  const doubtful = await context.env.store.transaction(async (tx) => {
    const held = await tx.select('send_authority', { state: 'UNKNOWN' });
    return tx.select('campaign_sms', { message_uuid: anyOf(held.map((row) => row.message_uuid)) });
  });
  for (const row of doubtful.kind === 'committed' ? doubtful.value : []) {
    const { marks } = lifeOf(context);
    if (row.message_uuid === null || marks.has(row.message_uuid)) continue;
    marks.add(row.message_uuid);
    const message = messageOf(row, row.message_uuid);
    const credentials = await referenceParts.loadCredentials(context, message);
    if (credentials !== undefined) await referenceParts.callProvider(context, message, credentials);
  }
  return report;
}

/** The reference with `recover` replaced. */
export const system: System = sabotage({ recover }, { name: 'sends-doubts-again', module: import.meta.url });
