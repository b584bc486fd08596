// Canonical names of tables and columns that were others before. What was written with the older names is read as if it had today's.
import type { Case } from './case.ts';
import type { HistoryEvent } from './event.ts';

interface Renamed {
  readonly table: string;
  /** Today's names of its columns by the older ones. */
  readonly columns: Readonly<Record<string, string>>;
}

/** By the older name of the table. */
const RENAMED: Readonly<Record<string, Renamed>> = {
  email_s_m_s_limit_rates: { table: 'quota_accounts', columns: { owner_id: 'tenant_id', sms: 'units' } },
};

interface WrittenTable {
  name?: string;
  key?: string[];
  columns?: Record<string, string>;
  values?: Record<string, Record<string, string>>;
}

/** The tables of a description by today's names. Where an older name was the real one too, it stays the real one. */
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

/** An event of a history by today's names. */
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

/** A case whose deviations name statements by today's tables. */
export function withCurrentKeys({ scenario, deviations }: Case): Case {
  return { scenario, deviations: deviations.map((each) => ({ ...each, key: withCurrentWords(each.key) })) };
}

/** A text in which a table may be named, such as a fingerprint or the key of a decision. */
export function withCurrentWords(text: string): string {
  return Object.entries(RENAMED).reduce((words, [older, { table }]) => words.replaceAll(older, table), text);
}

function withCurrentColumns<T>(older: string, columns: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(columns).map(([name, value]) => [currentColumn(older, name), value]));
}

function currentColumn(older: string, name: string): string {
  return RENAMED[older]?.columns[name] ?? name;
}
