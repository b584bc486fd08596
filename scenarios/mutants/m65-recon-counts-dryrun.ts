// M65: reconciliation reports rehearsals as sends that the legacy app's log lacks.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import type { Mismatch } from '../../src/contract/authority.ts';
import type { Procedure, System } from '../../src/contract/system.ts';
import { reconcileLogs } from '../../src/reconcile/procedures/reconcile.ts';
import { rewriteSql, sabotage } from './sabotage.ts';
import { MARKING_FUNCTION, twinTookEffect } from './took-effect.ts';

const MARK = "mutant_took_effect('M65')";

const reconcile: Procedure<'reconcile'> = {
  sql: MARKING_FUNCTION + rewriteSql(reconcileLogs.sql, 'WHERE NOT dry_run', `WHERE NOT dry_run OR ${MARK}`),
  async twin(tx, args, server) {
    const found = await reconcileLogs.twin(tx, args, server);
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
    if (invented.length > 0) twinTookEffect(server, 'M65');
    return [...found, ...invented].toSorted((a, b) => (a.messageUuid < b.messageUuid ? -1 : 1));
  },
};

/** The properties that M65 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'M65',
  name: 'recon-counts-dryrun',
  breaks: ['S17'],
  lanes: ['sim', 'live'],
};

/** The reference with its procedure `reconcile` replaced. */
export const system: System = sabotage(
  {},
  { name: 'M65-recon-counts-dryrun', module: import.meta.url, procedures: { reconcile } },
);
