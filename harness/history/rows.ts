// The audited rows of a history by table, and the final state of the log.
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

/** The changes of one table in order, without late rows of another run's tenants. */
export function rowsOf(history: History, table: string): readonly Row[] {
  return allRows(history).get(table) ?? NONE;
}

/** The same without the rig's own writes. */
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

/** The row after the change or, when it was deleted, before it. */
export function imageOf(row: Row): RowImage {
  return row.after ?? row.before;
}

/** The status word of a row, with the alias resolved. */
export function statusOf(image: RowImage): string {
  return wordOf(textIn(image, 'status'));
}

/** The final log row of one message. */
export interface FinalLog {
  readonly row: Row;
  readonly status: string;
  readonly source: string;
}

/** The statuses after which no further change of a message is expected. */
const FINAL_STATUSES = new Set(['accepted', 'duplicate', 'rejected', 'unknown']);

/** For each uuid the last row of sms_logs that the systems wrote, if its status is final; the rig's tampering is ignored. */
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
