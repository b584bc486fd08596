// S7 Writers: sms_logs and the quota belong to the legacy app, go_sms_logs to the service, and neither writes the other's.
import type { Checker } from '../formats/finding.ts';
import { timesOf } from '../history/counted-words.ts';
import { eventsOf } from '../history/events-of.ts';
import { systemRowsOf } from '../history/rows.ts';
import { createReport } from './report.ts';

const LEGACY_TABLES = new Set(['sms_logs', 'quota_accounts', 'quota_ledger']);

/** The service changes the authority through functions of the database: the audit shows its role on those rows, and this is allowed. */
const SERVICE_TABLES = new Set(['go_sms_logs', 'send_authority']);

/** Reads in the audit which role wrote each table. Two systems under one role cannot be distinguished. */
export const writers: Checker = {
  property: 'S7',
  vantages: ['database'],
  check(history) {
    const report = createReport('S7');
    const { legacy, service } = history.roles;
    if (legacy === service) {
      report.undecided(`both systems write as ${legacy}, so it is unknown which of them wrote`);
      return report.result();
    }
    const tables = new Set(eventsOf(history, 'row').map((row) => row.table));
    for (const table of tables) {
      const foreign = systemRowsOf(history, table).filter((row) => {
        const isJudged = LEGACY_TABLES.has(table) || row.role === service;
        if (isJudged) report.exercised();
        return isJudged && !(LEGACY_TABLES.has(table) ? row.role === legacy : SERVICE_TABLES.has(table));
      });
      if (foreign.length === 0) continue;
      for (const role of new Set(foreign.map((row) => row.role))) {
        const rows = foreign.filter((row) => row.role === role);
        report.found(`${table} was written by ${role}, ${timesOf(rows.length)}`, {
          items: [],
          by: rows,
        });
      }
    }
    for (const privileges of eventsOf(history, 'privileges')) {
      if (privileges.role !== service) continue;
      report.exercised();
      if (!privileges.writable.some((table) => table === 'sms_logs' || table.endsWith('.sms_logs'))) continue;
      report.found(`${service} has the privilege to write sms_logs`, { items: [], by: [privileges] });
    }
    return report.result();
  },
};
