// M37: the legacy app sends inside a transaction that it retries: a rollback erases the record of the send, and the provider is called
// again.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import type { Message } from '../../src/contract/message.ts';
import type { Context, FallbackCause } from '../../src/contract/parts.ts';
import type { Store, Transaction } from '../../src/contract/store.ts';
import type { System } from '../../src/contract/system.ts';
import { referenceParts } from '../../src/reference.ts';
import { sabotage } from './sabotage.ts';
import { tookEffect } from './took-effect.ts';

const ATTEMPTS = 3;

/** The class of SQL states after which a transaction is retried. */
const ROLLBACK_CLASS = '40';

async function legacySend(context: Context, messages: readonly Message[], cause?: FallbackCause): Promise<void> {
  const { env } = context;
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const outcome = await env.store.transaction((tx) => {
      tookEffect(context, 'M37');
      return referenceParts.legacySend({ ...context, env: { ...env, store: nestedIn(tx) } }, messages, cause);
    });
    if (outcome.kind !== 'rolled-back' || !outcome.sqlState.startsWith(ROLLBACK_CLASS)) return;
  }
}

/** A nested transaction commits only with the outer one. */
function nestedIn(tx: Transaction): Store {
  return { transaction: async (work) => ({ kind: 'committed', value: await work(tx) }) };
}

/** The properties that M37 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'M37',
  name: 'provider-call-in-retried-transaction',
  breaks: ['S1'],
  // No fault of the live lane makes the database refuse a COMMIT.
  lanes: ['sim'],
};

/** The reference with its part `legacySend` replaced. */
export const system: System = sabotage(
  { legacySend },
  { name: 'M37-provider-call-in-retried-transaction', module: import.meta.url },
);
