// M36: the service treats a claim whose COMMIT was not acknowledged as lost and answers `rejected`, though the claim may stand.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import type { Message } from '../../src/contract/message.ts';
import type { Context, Parts } from '../../src/contract/parts.ts';
import type { Store } from '../../src/contract/store.ts';
import type { System } from '../../src/contract/system.ts';
import { referenceParts } from '../../src/reference.ts';
import { resultOf } from '../../src/service/batch-result.ts';
import { sabotage } from './sabotage.ts';
import { tookEffect } from './took-effect.ts';

/** The SQL state of a unique violation, after which nothing is retried. */
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

/** The properties that M36 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'M36',
  name: 'commit-error-means-not-claimed',
  breaks: ['S12'],
  otherwise:
    'a message whose claim counts as lost is not sent, and recovery takes it up when the lease ends (S1, L1); only the answer is wrong',
  // No fault of the live lane loses the reply to a COMMIT.
  lanes: ['sim'],
};

/** The reference with its part `admit` replaced. */
export const system: System = sabotage(
  { admit },
  { name: 'M36-commit-error-means-not-claimed', module: import.meta.url },
);
