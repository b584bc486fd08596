// B08: after one send of the service ended as unknown, the service rejects all later messages without calling the provider.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import type { Delivery, Message } from '../../src/contract/message.ts';
import type { Context } from '../../src/contract/parts.ts';
import type { System } from '../../src/contract/system.ts';
import type { RowOf } from '../../src/contract/tables.ts';
import { referenceParts } from '../../src/reference.ts';
import { sabotage } from './sabotage.ts';
import { tookEffect } from './took-effect.ts';

async function callProvider(
  context: Context,
  message: Message,
  credentials: RowOf<'provider_credentials'>,
): Promise<Delivery> {
  if (context.role === 'legacy' || !(await isInDoubt(context))) {
    return referenceParts.callProvider(context, message, credentials);
  }
  tookEffect(context, 'B08');
  return { kind: 'rejected', reason: 'an earlier doubt' };
}

async function isInDoubt({ env }: Context): Promise<boolean> {
  const outcome = await env.store.transaction((tx) => tx.select('go_sms_logs', { status: 'unknown' }));
  return outcome.kind === 'committed' && outcome.value.length > 0;
}

/** The properties that B08 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'B08',
  name: 'rejects-after-a-doubt',
  breaks: ['L2'],
  lanes: ['sim', 'live'],
};

/** The reference with its part `callProvider` replaced. */
export const system: System = sabotage(
  { callProvider },
  { name: 'B08-rejects-after-a-doubt', module: import.meta.url },
);
