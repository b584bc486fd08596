// M65: reconciliation takes the rows of rehearsals for sends that the legacy app's log lacks.
import type { Mismatch } from '../../src/contract/authority.ts';
import type { Procedure, System } from '../../src/contract/system.ts';
import { reconcileLogs } from '../../src/reconcile/procedures/reconcile.ts';
import { rewriteSql, sabotage } from './sabotage.ts';

const reconcile: Procedure<'reconcile'> = {
  sql: rewriteSql(reconcileLogs.sql, 'FROM go_sms_logs, ripe WHERE NOT dry_run', 'FROM go_sms_logs, ripe'),
  async twin(tx, args, nowMicros) {
    const found = await reconcileLogs.twin(tx, args, nowMicros);
    const known = new Set((await tx.select('sms_logs', { source: 'go' })).map((row) => row.message_uuid));
    const rehearsals = await tx.select('go_sms_logs', { dry_run: true });
    const invented = rehearsals
      .filter((row) => !known.has(row.message_uuid))
      .map(({ message_uuid, status }): Mismatch => ({
        kind: 'missing_in_laravel',
        messageUuid: message_uuid,
        legacyValue: null,
        serviceValue: status,
      }));
    return [...found, ...invented].toSorted((a, b) => (a.messageUuid < b.messageUuid ? -1 : 1));
  },
};

/** The mutant. */
export const system: System = sabotage(
  {},
  { name: 'M65-recon-counts-dryrun', module: import.meta.url, procedures: { reconcile } },
);
