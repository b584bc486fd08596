// M35: a send is permitted by a COMMIT that does not wait for the disk. A claim that does not wait would be harmless: the COMMIT of its
// begin-send makes both durable.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import type { Message } from '../../src/contract/message.ts';
import type { Context, Grant } from '../../src/contract/parts.ts';
import type { Store } from '../../src/contract/store.ts';
import type { System } from '../../src/contract/system.ts';
import { referenceParts } from '../../src/reference.ts';
import { sabotage } from './sabotage.ts';
import { tookEffect } from './took-effect.ts';

function beginSend(context: Context, message: Message, grant: Grant): Promise<boolean> {
  const { env } = context;
  tookEffect(context, 'M35');
  const transaction: Store['transaction'] = (work, options) =>
    env.store.transaction(work, { ...options, durable: false });
  return referenceParts.beginSend({ ...context, env: { ...env, store: { transaction } } }, message, grant);
}

/** What it is. */
export const mutant: MutantDescription = {
  id: 'M35',
  name: 'sync-commit-off',
  breaks: ['S1', 'S20'],
  lanes: [],
  shownBy:
    'killed-server.io.test.ts: it needs a database server that is killed, which no fault of either lane does, for all slots share one',
};

/** The mutant. */
export const system: System = sabotage({ beginSend }, { name: 'M35-sync-commit-off', module: import.meta.url });
