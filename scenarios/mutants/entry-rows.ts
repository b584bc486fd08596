// How mutants change which items an entry finds: the rows of its campaign that are not settled yet.
import type { Context, Parts } from '../../src/contract/parts.ts';
import type { Transaction } from '../../src/contract/store.ts';
import type { RowOf } from '../../src/contract/tables.ts';
import { referenceParts } from '../../src/reference.ts';
import { withTransactions } from './intercept.ts';

type Row = RowOf<'campaign_sms'>;

/** The reference's `openEntry`, which finds only the rows that `choose` returns. */
export function openEntryWith(choose: (context: Context, rows: readonly Row[]) => readonly Row[]): Parts['openEntry'] {
  return (context, request) => {
    const choosing = (tx: Transaction): Pick<Transaction, 'select'> => ({
      select: (async (...asked: Parameters<Transaction['select']>) => {
        const rows = await tx.select(...asked);
        const [table, where] = asked;
        return table === 'campaign_sms' && 'settled' in where ? choose(context, rows as Row[]) : rows;
      }) as Transaction['select'],
    });
    return referenceParts.openEntry(withTransactions(context, choosing), request);
  };
}
