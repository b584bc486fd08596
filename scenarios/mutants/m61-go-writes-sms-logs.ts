// M61: the service writes its sends into sms_logs itself. Its grants are widened so that it can: a missing privilege would hide the mutant.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import type { Delivery, Message } from '../../src/contract/message.ts';
import type { Context, Grant } from '../../src/contract/parts.ts';
import type { Privilege, System } from '../../src/contract/system.ts';
import { referenceParts } from '../../src/reference.ts';
import { GRANTS } from '../../src/store/grants.ts';
import { sabotage } from './sabotage.ts';
import { tookEffect } from './took-effect.ts';

const WIDENED: readonly Privilege[] = [
  ...GRANTS,
  { role: 'service', table: 'sms_logs', privileges: ['SELECT', 'INSERT'] },
];

async function recordDelivery(
  context: Context,
  message: Message,
  sent: { grant: Grant; delivery: Delivery },
): Promise<void> {
  await referenceParts.recordDelivery(context, message, sent);
  const { delivery } = sent;
  if (delivery.kind !== 'accepted') return;
  tookEffect(context, 'M61');
  const { messageUuid, tenantId } = message;
  const row = { message_uuid: messageUuid, tenant_id: tenantId, source: 'go', status: delivery.kind } as const;
  await context.env.store.transaction((tx) =>
    tx.insert('sms_logs', { ...row, provider_message_id: delivery.providerMessageId }, { onConflict: 'ignore' }),
  );
}

/** The properties that M61 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'M61',
  name: 'go-writes-sms_logs',
  breaks: ['S7'],
  lanes: ['sim', 'live'],
};

/** The reference with its part `recordDelivery` replaced, and with wider grants. */
export const system: System = sabotage(
  { recordDelivery },
  { name: 'M61-go-writes-sms_logs', module: import.meta.url, grants: WIDENED },
);
