// B22: credentials are looked up by tenant alone, so every message is sent with the account of the tenant's first provider.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import type { Message } from '../../src/contract/message.ts';
import type { Context } from '../../src/contract/parts.ts';
import type { System } from '../../src/contract/system.ts';
import type { RowOf } from '../../src/contract/tables.ts';
import { sabotage } from './sabotage.ts';
import { tookEffect } from './took-effect.ts';

async function loadCredentials(
  context: Context,
  { tenantId, provider }: Message,
): Promise<RowOf<'provider_credentials'> | undefined> {
  const outcome = await context.env.store.transaction((tx) =>
    tx.select('provider_credentials', { tenant_id: tenantId }),
  );
  if (outcome.kind !== 'committed') throw new Error(`expected to read credentials, received: ${outcome.kind}`);
  const [first] = outcome.value.toSorted((a, b) => a.account.localeCompare(b.account));
  if (first !== undefined && first.provider !== provider) tookEffect(context, 'B22');
  return first;
}

/** The properties that B22 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'B22',
  name: 'credentials-of-first-provider',
  breaks: ['S22'],
  lanes: ['sim', 'live'],
};

/** The reference with its part `loadCredentials` replaced. */
export const system: System = sabotage(
  { loadCredentials },
  { name: 'B22-credentials-of-first-provider', module: import.meta.url },
);
