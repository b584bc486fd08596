// M35: begin-send commits without waiting for the disk. A claim that does not wait would be harmless: the COMMIT of its begin-send makes
// both durable.
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

/** The properties that M35 breaks, and why it shows on no lane. */
export const mutant: MutantDescription = {
  id: 'M35',
  name: 'sync-commit-off',
  breaks: ['S1', 'S20'],
  lanes: [],
  shownBy:
    'killed-server.io.test.ts: a COMMIT is lost only when the database server is killed, and no fault kills it because all slots share it',
};

/** The reference with its part `beginSend` replaced. */
export const system: System = sabotage({ beginSend }, { name: 'M35-sync-commit-off', module: import.meta.url });
