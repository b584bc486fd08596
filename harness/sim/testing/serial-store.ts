// A simulated database for tests of the engine: one transaction at a time, each statement an event of its own. It shows order and
// crashes, not how two transactions race.
import assert from 'node:assert/strict';
import type { Change, Condition, Outcome, Store, Transaction } from '../../../src/contract/store.ts';
import { type RowOf, TABLES, type TableName } from '../../../src/contract/tables.ts';
import type { SimStore, SimStoreClient, SimStoreFactory, SimStoreHost } from '../store-port.ts';
import type { System } from '../../../src/contract/system.ts';

type Cell = string | number | boolean | null;
type Row = Record<string, Cell>;
type Contents = Map<TableName, readonly Row[]>;

const STATEMENT_MICROS = 50;

/** What one transaction has changed so far, to be told at its commit. */
interface Pending {
  contents: Contents;
  readonly changes: { table: TableName; before: Row | null; after: Row | null; atMicros: number }[];
}

class StatementError extends Error {
  readonly sqlState: string;

  constructor(sqlState: string) {
    super(`SQL state ${sqlState}`);
    this.sqlState = sqlState;
  }
}

/** Makes the database of one run. */
export const serialStore: SimStoreFactory = (host, system) => new SerialStore(host, system);

class SerialStore implements SimStore {
  readonly #host: SimStoreHost;
  readonly #system: Pick<System, 'procedures' | 'grants'>;
  #contents: Contents = new Map();
  #transactions = 0;
  readonly #waiting: (() => void)[] = [];
  #isBusy = false;

  constructor(host: SimStoreHost, system: Pick<System, 'procedures' | 'grants'>) {
    this.#host = host;
    this.#system = system;
  }

  seed<T extends TableName>(table: T, row: Partial<RowOf<T>>): void {
    this.#contents.set(table, [...(this.#contents.get(table) ?? []), withDefaults(table, row as Row, this.#time(0))]);
  }

  committed<T extends TableName>(table: T): readonly RowOf<T>[] {
    return (this.#contents.get(table) ?? []).map((row) => Object.assign({}, row)) as unknown as RowOf<T>[];
  }

  connect(client: SimStoreClient): Store {
    return { transaction: (work) => this.#transaction(client, work) };
  }

  #transaction<T>(client: SimStoreClient, work: (tx: Transaction) => Promise<T>): Promise<Outcome<T>> {
    const owner = client.kind === 'process' ? client.incarnation : undefined;
    const pause = (): Promise<void> =>
      new Promise((resolve) => {
        this.#host.engine.schedule(STATEMENT_MICROS, resolve, { owner });
      });
    return new Promise((resolve, reject) => {
      let isOpen = true;
      const release = (): void => {
        if (!isOpen) return;
        isOpen = false;
        this.#isBusy = false;
        this.#waiting.shift()?.();
      };
      const begin = (): void => {
        if (owner?.isAlive === false) {
          this.#waiting.shift()?.();
          return;
        }
        this.#isBusy = true;
        owner?.onEnd(release);
        const pending: Pending = { contents: new Map(this.#contents), changes: [] };
        const run = async (): Promise<Outcome<T>> => {
          const value = await work(this.#verbs(pending, pause));
          await pause();
          this.#commit(pending, client);
          release();
          await pause();
          return { kind: 'committed', value };
        };
        run().then(resolve, (error: unknown) => {
          release();
          if (error instanceof StatementError) resolve({ kind: 'rolled-back', sqlState: error.sqlState });
          else reject(error);
        });
      };
      if (this.#isBusy) this.#waiting.push(begin);
      else begin();
    });
  }

  #commit(pending: Pending, client: SimStoreClient): void {
    this.#contents = pending.contents;
    this.#transactions += 1;
    for (const { table, before, after, atMicros } of pending.changes) {
      const operation = before === null ? 'insert' : after === null ? 'delete' : 'update';
      const key = TABLES[table].primaryKey.map((column) => String((after ?? before)?.[column])).join('/');
      const transaction = String(this.#transactions);
      const role = client.roleName;
      this.#host.recordRow({ kind: 'row', table, operation, key, before, after, role, transaction }, atMicros);
    }
  }

  #verbs(pending: Pending, pause: () => Promise<void>): Transaction {
    const rowsOf = (table: TableName): readonly Row[] => pending.contents.get(table) ?? [];
    const replace = (table: TableName, change: (row: Row) => Row | null, where: object): Row[] => {
      const touched: Row[] = [];
      const next = rowsOf(table).flatMap((row) => {
        if (!this.#matches(row, where)) return [row];
        const after = change(row);
        pending.changes.push({ table, before: row, after, atMicros: this.#host.engine.clock.nowMicros });
        touched.push(after ?? row);
        return after === null ? [] : [after];
      });
      pending.contents.set(table, next);
      return touched;
    };
    const verbs: Transaction = {
      select: async (table, where) => {
        await pause();
        return rowsOf(table).filter((row) => this.#matches(row, where)) as never;
      },
      insert: async (table, row, options) => {
        await pause();
        const added = withDefaults(table, this.#changed({}, row as Record<string, Cell | Change>), this.#time(0));
        const { primaryKey, unique } = TABLES[table];
        const rows = rowsOf(table);
        const collides =
          rows.some((other) => primaryKey.every((column) => other[column] === added[column])) ||
          unique.some((column) => added[column] !== null && rows.some((other) => other[column] === added[column]));
        if (collides && options === undefined) throw new StatementError('23505');
        if (collides) return undefined;
        pending.changes.push({ table, before: null, after: added, atMicros: this.#host.engine.clock.nowMicros });
        pending.contents.set(table, [...rows, added]);
        return { ...added } as never;
      },
      update: async (table, where, changes) => {
        await pause();
        return replace(table, (row) => this.#changed(row, changes as Record<string, Cell | Change>), where) as never;
      },
      remove: async (table, where) => {
        await pause();
        return replace(table, () => null, where).length;
      },
      lock: pause,
      call: async (procedure, args) =>
        this.#system.procedures[procedure].twin(verbs, args, this.#host.databaseMicros()),
    };
    return verbs;
  }

  #time(plusMs: number): string {
    return new Date(this.#host.databaseMicros() / 1_000 + plusMs).toISOString();
  }

  #changed(row: Row, changes: Record<string, Cell | Change>): Row {
    const next: Row = Object.assign({}, row);
    for (const [column, change] of Object.entries(changes)) {
      if (typeof change !== 'object' || change === null) next[column] = change;
      else if (change.kind === 'increment') next[column] = Number(next[column] ?? 0) + change.by;
      else next[column] = this.#time(change.plusMs);
    }
    return next;
  }

  #matches(row: Row, where: object): boolean {
    return Object.entries(where as Record<string, Cell | Condition>).every(([column, condition]) => {
      const value = row[column] ?? null;
      if (typeof condition !== 'object' || condition === null) return value === condition;
      if (condition.kind === 'at-least') return Number(value) >= condition.value;
      if (condition.kind === 'any-of') return condition.values.includes(value);
      assert(typeof value === 'string', `expected a time in ${column}`);
      return value < this.#time(-condition.ms);
    });
  }
}

function withDefaults(table: TableName, row: Row, now: string): Row {
  const defaults = Object.entries(TABLES[table].defaults).map(([column, value]) => [
    column,
    value.kind === 'now' ? now : value.value,
  ]);
  return Object.assign(Object.fromEntries(defaults) as Row, row);
}
