// The commands of a session as plain data: a statement of the store port, or the end of the transaction.
import type { ProcedureName, Procedures } from '../../../src/contract/authority.ts';
import type { Changes, NewRow, Transaction, Where } from '../../../src/contract/store.ts';
import type { TableName } from '../../../src/contract/tables.ts';

interface SelectOf<T extends TableName> {
  do: 'select';
  table: T;
  where: Where<T>;
  forUpdate?: true;
}

interface InsertOf<T extends TableName> {
  do: 'insert';
  table: T;
  row: NewRow<T>;
  onConflict?: 'ignore';
}

interface UpdateOf<T extends TableName> {
  do: 'update';
  table: T;
  where: Where<T>;
  set: Changes<T>;
}

interface RemoveOf<T extends TableName> {
  do: 'remove';
  table: T;
  where: Where<T>;
}

interface CallOf<P extends ProcedureName> {
  do: 'call';
  procedure: P;
  args: Procedures[P]['arguments'];
}

/** One statement. */
export type ScriptStatement =
  | { [T in TableName]: SelectOf<T> | InsertOf<T> | UpdateOf<T> | RemoveOf<T> }[TableName]
  | { [P in ProcedureName]: CallOf<P> }[ProcedureName]
  | { do: 'lock'; key: string };

/** One command. */
export type ScriptCommand = ScriptStatement | { do: 'commit' } | { do: 'rollback' };

/** One command to one of the sessions, which are numbered from 0. */
export interface Step {
  readonly session: number;
  readonly command: ScriptCommand;
}

/** Runs one statement in a transaction. */
export function perform(tx: Transaction, statement: ScriptStatement): Promise<unknown> {
  switch (statement.do) {
    case 'select':
      return tx.select(statement.table, statement.where, statement.forUpdate === true ? { forUpdate: true } : {});
    case 'insert':
      return tx.insert(
        statement.table,
        statement.row,
        statement.onConflict === undefined ? undefined : { onConflict: statement.onConflict },
      );
    case 'update':
      return tx.update(statement.table, statement.where, statement.set);
    case 'remove':
      return tx.remove(statement.table, statement.where);
    case 'lock':
      return tx.lock(statement.key);
    case 'call':
      return tx.call(statement.procedure, statement.args);
  }
}
