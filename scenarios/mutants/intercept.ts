// How a mutant comes between a part and its transactions.
import type { Context } from '../../src/contract/parts.ts';
import type { Transaction } from '../../src/contract/store.ts';

/** The context with transactions some of whose verbs are replaced. */
export function withTransactions(context: Context, replaced: (tx: Transaction) => Partial<Transaction>): Context {
  const { env } = context;
  const store: Context['env']['store'] = {
    transaction: (work, options) => env.store.transaction((tx) => work({ ...verbsOf(tx), ...replaced(tx) }), options),
  };
  return { ...context, env: { ...env, store } };
}

/** A transaction may be an object with a prototype, which a spread would lose. */
function verbsOf(tx: Transaction): Transaction {
  return {
    select: (...given) => tx.select(...given),
    insert: (...given) => tx.insert(...given),
    update: (...given) => tx.update(...given),
    remove: (...given) => tx.remove(...given),
    lock: (...given) => tx.lock(...given),
    call: (...given) => tx.call(...given),
  };
}
