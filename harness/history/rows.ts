// The audited rows of a history by table, and the log as the systems left it.
import type { EventOf } from '../formats/event.ts';
import type { History } from '../formats/history.ts';
import { eventsOf } from './events-of.ts';
import { groupBy } from './group-by.ts';
import { perHistory } from './per-history.ts';
import { type RowImage, tenantIdIn, textIn } from './row-values.ts';
import { wordOf } from './status-word.ts';
import { isTenantOf } from './tenants.ts';

/** A change of one row. */
export type Row = EventOf<'row'>;

/** The changes of one table in order. Rows of a tenant of another run, late remains of it, are left out. */
export function rowsOf(history: History, table: string): readonly Row[] {
  return allRows(history).get(table) ?? NONE;
}

/** The same without the rig's own writes, which are no system's. */
export function systemRowsOf(history: History, table: string): readonly Row[] {
  return systemRows(history).get(table) ?? NONE;
}

const NONE: readonly Row[] = [];

const allRows = perHistory((history) =>
  groupBy(eventsOf(history, 'row'), (row) => (isOwn(history, row) ? row.table : undefined)),
);

const systemRows = perHistory((history) => {
  const { rig } = history.roles;
  const tables = new Map<string, readonly Row[]>();
  for (const [table, rows] of allRows(history)) {
    tables.set(table, rows.some((row) => row.role === rig) ? rows.filter((row) => row.role !== rig) : rows);
  }
  return tables;
});

/** What the row looks like after the change or, when it was deleted, what it was. */
export function imageOf(row: Row): RowImage {
  return row.after ?? row.before;
}

/** The status word of a row, with the alias resolved. */
export function statusOf(image: RowImage): string {
  return wordOf(textIn(image, 'status'));
}

/** What the log finally says of one message. */
export interface FinalLog {
  readonly row: Row;
  readonly status: string;
  readonly source: string;
}

/** The statuses after which nothing more is expected of a message. */
const FINAL_STATUSES = new Set(['accepted', 'duplicate', 'rejected', 'unknown']);

/** The last final row of sms_logs per uuid as the systems left it; the rig's tampering is not theirs. */
export const finalLogs: (history: History) => ReadonlyMap<string, FinalLog> = perHistory((history) => {
  const logs = new Map<string, FinalLog>();
  for (const row of systemRowsOf(history, 'sms_logs')) {
    const messageUuid = textIn(imageOf(row), 'message_uuid');
    const status = statusOf(row.after);
    if (row.operation === 'delete' || !FINAL_STATUSES.has(status)) logs.delete(messageUuid);
    else logs.set(messageUuid, { row, status, source: textIn(row.after, 'source') });
  }
  return logs;
});

function isOwn(history: History, row: Row): boolean {
  const tenantId = tenantIdIn(imageOf(row));
  return tenantId === undefined || isTenantOf(history, tenantId);
}
