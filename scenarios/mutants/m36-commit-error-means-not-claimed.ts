// M36: the service takes a claim whose COMMIT was not answered for one that it lost, and says so, though the claim may stand.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import type { Message } from '../../src/contract/message.ts';
import type { Context, Parts } from '../../src/contract/parts.ts';
import type { Store } from '../../src/contract/store.ts';
import type { System } from '../../src/contract/system.ts';
import { referenceParts } from '../../src/reference.ts';
import { resultOf } from '../../src/service/batch-result.ts';
import { sabotage } from './sabotage.ts';
import { tookEffect } from './took-effect.ts';

/** The SQL state of a unique key that is taken; nothing is retried for it. */
const TAKEN = '23505';

async function admit(context: Context, message: Message): ReturnType<Parts['admit']> {
  const { env } = context;
  let isDoubt = false;
  const transaction: Store['transaction'] = async (work, options) => {
    const outcome = await env.store.transaction(work, options);
    isDoubt = outcome.kind === 'unknown';
    return isDoubt ? { kind: 'rolled-back', sqlState: TAKEN } : outcome;
  };
  const admission = await referenceParts.admit({ ...context, env: { ...env, store: { transaction } } }, message);
  if (!isDoubt) return admission;
  tookEffect(context, 'M36');
  return { kind: 'answered', result: resultOf(message, 'rejected') };
}

/** What it is. */
export const mutant: MutantDescription = {
  id: 'M36',
  name: 'commit-error-means-not-claimed',
  breaks: ['S12'],
  otherwise:
    'a claim that was lost is not sent, and recovery takes it up once its lease is over (S1, L1); only what the service says of it is wrong',
  // No fault of the live lane loses a COMMIT.
  lanes: ['sim'],
};

/** The mutant. */
export const system: System = sabotage(
  { admit },
  { name: 'M36-commit-error-means-not-claimed', module: import.meta.url },
);
