// M63: a fallback logs its message as accepted even if it lost the claim. sms_logs takes one row per message, so this row stays when the
// service accepts the message later.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import type { Message } from '../../src/contract/message.ts';
import type { Context, FallbackCause } from '../../src/contract/parts.ts';
import type { System } from '../../src/contract/system.ts';
import { referenceParts } from '../../src/reference.ts';
import { sabotage } from './sabotage.ts';
import { tookEffect } from './took-effect.ts';

async function legacySend(context: Context, messages: readonly Message[], cause?: FallbackCause): Promise<void> {
  await referenceParts.legacySend(context, messages, cause);
  if (cause === undefined) return;
  tookEffect(context, 'M63');
  await context.env.store.transaction(async (tx) => {
    for (const { messageUuid, tenantId } of messages) {
      const row = { message_uuid: messageUuid, tenant_id: tenantId, source: 'legacy', status: 'accepted' } as const;
      await tx.insert('sms_logs', row, { onConflict: 'ignore' });
    }
  });
}

/** The properties that M63 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'M63',
  name: 'double-log-row',
  breaks: ['S8'],
  lanes: ['sim', 'live'],
};

/** The reference with its part `legacySend` replaced. */
export const system: System = sabotage({ legacySend }, { name: 'M63-double-log-row', module: import.meta.url });
