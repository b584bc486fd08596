// M09: uuids are made for each request: an item that is delivered again gets a new uuid in place of its own.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import type { Context, Entry, EntryRequest } from '../../src/contract/parts.ts';
import type { Transaction } from '../../src/contract/store.ts';
import type { System } from '../../src/contract/system.ts';
import type { RowOf, TableName } from '../../src/contract/tables.ts';
import { referenceParts } from '../../src/reference.ts';
import { withTransactions } from './intercept.ts';
import { sabotage } from './sabotage.ts';
import { tookEffect } from './took-effect.ts';

function openEntry(context: Context, request: EntryRequest): Promise<Entry> {
  const forgetting = (tx: Transaction): Partial<Transaction> => ({
    async select(table, where, options) {
      const rows = await tx.select(table, where, options);
      return rows.map((row) => withoutUuid(context, table, row));
    },
  });
  return referenceParts.openEntry(withTransactions(context, forgetting), request);
}

/** A blank uuid stays blank: it is refused later. */
function withoutUuid<T extends TableName>(context: Context, table: T, row: RowOf<T>): RowOf<T> {
  if (table !== 'campaign_sms' || !('message_uuid' in row) || !row.message_uuid) return row;
  tookEffect(context, 'M09');
  return { ...row, message_uuid: null };
}

/** The properties that M09 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'M09',
  name: 'uuid-per-request-not-persisted',
  breaks: ['S1', 'S6'],
  lanes: ['sim', 'live'],
};

/** The reference with its part `openEntry` replaced. */
export const system: System = sabotage(
  { openEntry },
  { name: 'M09-uuid-per-request-not-persisted', module: import.meta.url },
);
