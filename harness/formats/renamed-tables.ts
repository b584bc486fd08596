// Canonical names of tables and columns that have changed. Documents with the older names are read as if they had the current names.
import type { Case } from './case.ts';
import type { HistoryEvent } from './event.ts';

interface Renamed {
  readonly table: string;
  /** The current names of its columns, by their older names. */
  readonly columns: Readonly<Record<string, string>>;
}

/** The tables that were renamed, by their older names. */
const RENAMED: Readonly<Record<string, Renamed>> = {
  email_s_m_s_limit_rates: { table: 'quota_accounts', columns: { owner_id: 'tenant_id', sms: 'units' } },
};

interface WrittenTable {
  name?: string;
  key?: string[];
  columns?: Record<string, string>;
  values?: Record<string, Record<string, string>>;
}

/** Gives the tables of a description their current names. If a table of the system itself has the older name, that stays its real name. */
export function withCurrentTables(tables: Record<string, WrittenTable>): Record<string, WrittenTable> {
  return Object.fromEntries(
    Object.entries(tables).map(([canonical, table]) => {
      const renamed = RENAMED[canonical];
      return renamed === undefined ? [canonical, table] : [renamed.table, currentTable(canonical, table)];
    }),
  );
}

function currentTable(older: string, { key, columns, values, ...table }: WrittenTable): WrittenTable {
  const realNames = Object.keys(RENAMED[older]?.columns ?? {}).map((name) => [name, name]);
  return {
    name: older,
    ...table,
    columns: withCurrentColumns(older, { ...Object.fromEntries(realNames), ...columns }),
    ...(key === undefined ? {} : { key: key.map((name) => currentColumn(older, name)) }),
    ...(values === undefined ? {} : { values: withCurrentColumns(older, values) }),
  };
}

/** Gives the table and the columns of an event their current names. */
export function withCurrentNames(event: HistoryEvent): HistoryEvent {
  if (event.kind !== 'row') return event;
  const { table, before, after } = event;
  const renamed = RENAMED[table];
  if (renamed === undefined) return event;
  return {
    ...event,
    table: renamed.table,
    before: before && withCurrentColumns(table, before),
    after: after && withCurrentColumns(table, after),
  };
}

/** Gives the tables in the keys of a case's deviations their current names. */
export function withCurrentKeys({ scenario, deviations }: Case): Case {
  return { scenario, deviations: deviations.map((each) => ({ ...each, key: withCurrentWords(each.key) })) };
}

/** Replaces older names of tables in a text, such as a fingerprint or the key of a decision. */
export function withCurrentWords(text: string): string {
  return Object.entries(RENAMED).reduce((words, [older, { table }]) => words.replaceAll(older, table), text);
}

function withCurrentColumns<T>(older: string, columns: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(columns).map(([name, value]) => [currentColumn(older, name), value]));
}

function currentColumn(older: string, name: string): string {
  return RENAMED[older]?.columns[name] ?? name;
}
