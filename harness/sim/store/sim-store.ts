// The simulated database of one run: it behaves as PostgreSQL does at READ COMMITTED, for everything that the store port offers.
import type { DatabaseState } from '../../formats/dump.ts';
import type { Store } from '../../../src/contract/store.ts';
import type { System } from '../../../src/contract/system.ts';
import type { RowOf, TableName } from '../../../src/contract/tables.ts';
import type { SimStore, SimStoreClient, SimStoreFactory, SimStoreHost } from '../store-port.ts';
import type { ChangeClause } from './conditions.ts';
import { Connection } from './connection.ts';
import { Database } from './database.ts';
import { databaseState } from './database-state.ts';
import { STORE_PARTS, type StoreParts } from './parts.ts';
import { Privileges } from './privileges.ts';

class SimDatabase implements SimStore {
  readonly #database: Database;
  readonly #host: SimStoreHost;
  readonly #procedures: System['procedures'];
  readonly #connections: Connection[] = [];

  constructor(host: SimStoreHost, { database, procedures }: { database: Database; procedures: System['procedures'] }) {
    this.#host = host;
    this.#database = database;
    this.#procedures = procedures;
  }

  seed<T extends TableName>(table: T, row: Partial<RowOf<T>>): void {
    this.#database.seed(table, row as ChangeClause);
  }

  committed<T extends TableName>(table: T): readonly RowOf<T>[] {
    return this.#database.committed(table);
  }

  connect(client: SimStoreClient): Store {
    const connection = new Connection(
      { host: this.#host, database: this.#database, procedures: this.#procedures },
      client,
    );
    this.#connections.push(connection);
    return connection;
  }

  state(): DatabaseState {
    return databaseState(
      this.#database,
      this.#connections.map(({ transactions }) => transactions),
    );
  }
}

/** A factory of databases with these parts. It reads the privileges of a system once and shares them among all its runs. */
export function simStoreOf(parts: StoreParts): SimStoreFactory {
  const known = new WeakMap<System['grants'], Privileges>();
  return (host, { grants, procedures }) => {
    const privileges = known.get(grants) ?? new Privileges(grants);
    known.set(grants, privileges);
    return new SimDatabase(host, { database: new Database({ host, privileges, parts }), procedures });
  };
}

/** The factory of databases that behave as PostgreSQL does. */
export const makeSimStore: SimStoreFactory = simStoreOf(STORE_PARTS);
