// B61: the service charges quota for what it sends, and the legacy app charges it too. The service's grants are widened so that it can.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import type { BatchResult } from '../../src/contract/batch.ts';
import type { Message } from '../../src/contract/message.ts';
import type { Context } from '../../src/contract/parts.ts';
import { increment } from '../../src/contract/store.ts';
import type { Privilege, System } from '../../src/contract/system.ts';
import { referenceParts } from '../../src/reference.ts';
import { GRANTS } from '../../src/store/grants.ts';
import { sabotage } from './sabotage.ts';
import { tookEffect } from './took-effect.ts';

const WIDENED: readonly Privilege[] = [
  ...GRANTS,
  { role: 'service', table: 'quota_accounts', privileges: ['SELECT', 'UPDATE'] },
];

async function deliver(context: Context, message: Message): Promise<BatchResult> {
  const result = await referenceParts.deliver(context, message);
  if (result.status !== 'accepted') return result;
  tookEffect(context, 'B61');
  await context.env.store.transaction((tx) =>
    tx.update('quota_accounts', { tenant_id: message.tenantId }, { units: increment(-1) }),
  );
  return result;
}

/** The properties that B61 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'B61',
  name: 'service-charges-quota',
  breaks: ['S7', 'S9', 'S10'],
  lanes: ['sim', 'live'],
};

/** The reference with its part `deliver` replaced, and with wider grants. */
export const system: System = sabotage(
  { deliver },
  { name: 'B61-service-charges-quota', module: import.meta.url, grants: WIDENED },
);
