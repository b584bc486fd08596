// A store in memory for tests of the parts: one transaction at a time, so that it shows what a transaction does, not how two race.
import type { ProcedureName } from '../contract/authority.ts';
import type { Change, Condition, Outcome, Store, Transaction } from '../contract/store.ts';
import type { System } from '../contract/system.ts';
import { type RowOf, TABLES, type TableName } from '../contract/tables.ts';

type Cell = string | number | boolean | null;
type Row = Record<string, Cell>;
type Contents = Map<TableName, Row[]>;

/** What becomes of the next transaction that does a certain thing. `applied`: whether it was committed although nobody heard of it. */
export type Trouble =
  { readonly kind: 'rolled-back'; readonly sqlState: string } | { kind: 'unknown'; applied: boolean };

/** A statement error: it ends the transaction with its SQL state. */
class StatementError extends Error {
  readonly sqlState: string;

  constructor(sqlState: string) {
    super(`SQL state ${sqlState}`);
    this.sqlState = sqlState;
  }
}

/** Tables in memory that honour keys, unique columns and defaults. Its clock is Date.now(), which tests hold in their hands. */
export class MemoryStore implements Store {
  readonly #procedures: System['procedures'];
  readonly #troubles: { readonly verb: string; readonly trouble: Trouble }[] = [];
  #contents: Contents = new Map();
  #last: Promise<unknown> = Promise.resolve();

  constructor(procedures: System['procedures']) {
    this.#procedures = procedures;
  }

  /** Lets the next transaction that does `verb`, such as `call sa_claim` or `insert sms_logs`, end in trouble. */
  trouble(verb: string, trouble: Trouble): void {
    this.#troubles.push({ verb, trouble });
  }

  /** The rows of a table as committed. */
  rows<T extends TableName>(table: T): RowOf<T>[] {
    return copies<T>(this.#contents.get(table) ?? []);
  }

  /** Puts rows in place, outside of any transaction. */
  async seed<T extends TableName>(table: T, rows: readonly RowOf<T>[]): Promise<void> {
    await this.transaction(async (tx) => {
      for (const row of rows) await tx.insert(table, row);
    });
  }

  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<Outcome<T>> {
    const run = this.#last.then(() => this.#run(work));
    this.#last = run.catch(() => {});
    return run;
  }

  async #run<T>(work: (tx: Transaction) => Promise<T>): Promise<Outcome<T>> {
    const draft = structuredClone(this.#contents);
    const verbs: string[] = [];
    try {
      const value = await work(transactionOver(draft, { verbs, procedures: this.#procedures }));
      return this.#commit({ draft, verbs, value });
    } catch (error) {
      if (error instanceof StatementError) return { kind: 'rolled-back', sqlState: error.sqlState };
      throw error;
    }
  }

  #commit<T>({ draft, verbs, value }: { draft: Contents; verbs: readonly string[]; value: T }): Outcome<T> {
    const index = this.#troubles.findIndex(({ verb }) => verbs.includes(verb));
    const trouble = index === -1 ? undefined : this.#troubles.splice(index, 1)[0]?.trouble;
    if (trouble?.kind === 'rolled-back') return trouble;
    if (trouble === undefined || trouble.applied) this.#contents = draft;
    return trouble === undefined ? { kind: 'committed', value } : { kind: 'unknown' };
  }
}

function transactionOver(
  contents: Contents,
  { verbs, procedures }: { verbs: string[]; procedures: System['procedures'] },
): Transaction {
  const tableOf = (verb: string, name: TableName): Row[] => {
    verbs.push(`${verb} ${name}`);
    const rows = contents.get(name) ?? [];
    contents.set(name, rows);
    return rows;
  };
  const tx: Transaction = {
    async select<T extends TableName>(table: T, where: object) {
      return copies<T>(tableOf('select', table).filter((row) => matches(row, where)));
    },
    async insert<T extends TableName>(table: T, values: object, options?: { onConflict: 'ignore' }) {
      const rows = tableOf('insert', table);
      const row = newRow(table, values);
      if (rows.some((other) => conflicts(table, row, other))) {
        if (options?.onConflict === 'ignore') return undefined;
        throw new StatementError('23505');
      }
      rows.push(row);
      return copies<T>([row])[0];
    },
    async update<T extends TableName>(table: T, where: object, changes: object) {
      const found = tableOf('update', table).filter((row) => matches(row, where));
      for (const row of found) apply(row, changes);
      return copies<T>(found);
    },
    async remove(table, where) {
      const rows = tableOf('remove', table);
      const kept = rows.filter((row) => !matches(row, where));
      contents.set(table, kept);
      return rows.length - kept.length;
    },
    async lock() {},
    async call<P extends ProcedureName>(name: P, args: Parameters<System['procedures'][P]['twin']>[1]) {
      verbs.push(`call ${name}`);
      return procedures[name].twin(tx, args, Date.now() * 1_000);
    },
  };
  return tx;
}

function copies<T extends TableName>(rows: readonly Row[]): RowOf<T>[] {
  const copied: RowOf<T>[] = JSON.parse(JSON.stringify(rows));
  return copied;
}

function matches(row: Row, where: object): boolean {
  return Object.entries(where).every(([column, wanted]: [string, Cell | Condition]) => {
    const value = row[column] ?? null;
    if (wanted === null || typeof wanted !== 'object') return value === wanted;
    if (wanted.kind === 'any-of') return wanted.values.includes(value);
    if (value === null) return false;
    return wanted.kind === 'at-least'
      ? Number(value) >= wanted.value
      : Date.parse(String(value)) < Date.now() - wanted.ms;
  });
}

function apply(row: Row, changes: object): void {
  const entries: [string, Cell | Change][] = Object.entries(changes);
  for (const [column, change] of entries) {
    row[column] = valueOf(change, row[column] ?? null);
  }
}

function valueOf(change: Cell | Change, before: Cell): Cell {
  if (change === null || typeof change !== 'object') return change;
  return change.kind === 'increment' ? Number(before) + change.by : new Date(Date.now() + change.plusMs).toISOString();
}

function newRow(table: TableName, values: object): Row {
  const row: Row = {};
  for (const [column, value] of Object.entries(TABLES[table].defaults)) {
    row[column] = value.kind === 'now' ? new Date(Date.now()).toISOString() : value.value;
  }
  apply(row, values);
  return row;
}

function conflicts(table: TableName, row: Row, other: Row): boolean {
  const { primaryKey, unique } = TABLES[table];
  const samePrimaryKey = primaryKey.every((column) => row[column] === other[column]);
  return samePrimaryKey || unique.some((column) => row[column] !== null && row[column] === other[column]);
}
