// How a mutant changes the transactions of a part.
import type { Context } from '../../src/contract/parts.ts';
import type { Transaction } from '../../src/contract/store.ts';

/** The context whose transactions have some of their methods replaced. */
export function withTransactions(context: Context, replaced: (tx: Transaction) => Partial<Transaction>): Context {
  const { env } = context;
  const store: Context['env']['store'] = {
    transaction: (work, options) => env.store.transaction((tx) => work({ ...verbsOf(tx), ...replaced(tx) }), options),
  };
  return { ...context, env: { ...env, store } };
}

/** The methods as own properties: a transaction may have them in a prototype, which a spread would lose. */
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
