// Reads the state of a simulated database between two events, for dumps: its tables with drafts and locks, and its open transactions.
import type { DatabaseState } from '../../formats/dump.ts';
import type { Database } from './database.ts';
import type { Lockable, LockOwner } from './locks.ts';
import type { VersionedRow } from './row.ts';
import type { ServerTransaction } from './server-transaction.ts';
import { SHAPES } from './table-shape.ts';

/** The transactions that one client began. */
export interface ClientTransactions {
  readonly client: string;
  readonly begun: readonly ServerTransaction[];
}

/** The state of a database as plain data. Reading changes nothing. */
export function databaseState(database: Database, clients: readonly ClientTransactions[]): DatabaseState {
  const names = namesOf(clients);
  const nameOf = (owner: LockOwner): string => names.get(owner) ?? '?';
  const waitingFor = ({ queue }: Lockable): string[] => (queue ?? []).map(({ owner }) => nameOf(owner));
  return {
    tables: Object.values(SHAPES).map(({ name }) => ({
      table: name,
      rows: database.versionedRows(name).map((versioned) => rowState(versioned, { nameOf, waitingFor })),
    })),
    transactions: clients.flatMap(({ begun }) =>
      begun.filter(({ isOver }) => !isOver).map((transaction) => transactionState(transaction, nameOf)),
    ),
    keys: [...database.locks.keys].flatMap(([key, lockable]) =>
      lockable.holder === undefined ? [] : [{ key, lockedBy: nameOf(lockable.holder), waiting: waitingFor(lockable) }],
    ),
  };
}

function namesOf(clients: readonly ClientTransactions[]): ReadonlyMap<LockOwner, string> {
  return new Map(
    clients.flatMap(({ client, begun }) =>
      begun.map((transaction, index) => [transaction, `${client} #${index + 1}`] as const),
    ),
  );
}

function rowState(
  versioned: VersionedRow,
  { nameOf, waitingFor }: { nameOf(owner: LockOwner): string; waitingFor(lockable: Lockable): string[] },
): DatabaseState['tables'][number]['rows'][number] {
  const { committed, draft, isDrafted, holder } = versioned;
  return {
    committed: committed === undefined ? null : { ...committed },
    ...(isDrafted ? { draft: draft === undefined ? null : { ...draft } } : {}),
    ...(holder === undefined ? {} : { lockedBy: nameOf(holder) }),
    waiting: waitingFor(versioned),
  };
}

function transactionState(
  transaction: ServerTransaction,
  nameOf: (owner: LockOwner) => string,
): DatabaseState['transactions'][number] {
  const { isOrphan, isEnding, wait, changes } = transaction;
  const holder = wait?.on.holder;
  return {
    name: nameOf(transaction),
    state: isOrphan ? 'orphaned' : isEnding ? 'ending' : wait === undefined ? 'open' : 'waiting',
    changes: changes.map(({ table, before, after }) => {
      const operation = before === undefined ? 'insert' : after === undefined ? 'delete' : 'update';
      return `${table.shape.name} ${operation}`;
    }),
    ...(holder === undefined ? {} : { waitsFor: nameOf(holder) }),
  };
}
