// M68: reconciliation compares the status words of the two logs as they stand, so `duplicate` and `accepted` are a mismatch.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import type { Mismatch } from '../../src/contract/authority.ts';
import type { Procedure, System } from '../../src/contract/system.ts';
import { reconcileLogs } from '../../src/reconcile/procedures/reconcile.ts';
import { rewriteSql, sabotage } from './sabotage.ts';
import { MARKING_FUNCTION, twinTookEffect } from './took-effect.ts';

const PLAIN =
  "replace(legacy.status, 'duplicate', 'accepted') IS DISTINCT FROM replace(service.status, 'duplicate', 'accepted')";

/** Logs the marker where the original comparison finds the words equal and the raw comparison does not. */
const RAW = `${PLAIN}
            OR (legacy.status <> service.status AND mutant_took_effect('M68'))`;

const reconcile: Procedure<'reconcile'> = {
  sql: MARKING_FUNCTION + rewriteSql(reconcileLogs.sql, PLAIN, RAW),
  async twin(tx, args, server) {
    const found = await reconcileLogs.twin(tx, args, server);
    const known = new Set(found.map(({ kind, messageUuid }) => `${kind} ${messageUuid}`));
    const serviceSide = await tx.select('go_sms_logs', { dry_run: false });
    const words = new Map(serviceSide.map((row) => [row.message_uuid, row.status]));
    const invented = (await tx.select('sms_logs', { source: 'go', status: 'duplicate' })).flatMap(
      ({ message_uuid: messageUuid, status: legacyValue }): Mismatch[] => {
        const serviceValue = words.get(messageUuid) ?? null;
        if (serviceValue !== 'accepted' || known.has(`status_mismatch ${messageUuid}`)) return [];
        return [{ kind: 'status_mismatch', messageUuid, legacyValue, serviceValue }];
      },
    );
    if (invented.length > 0) twinTookEffect(server, 'M68');
    return [...found, ...invented].toSorted((a, b) => (a.messageUuid < b.messageUuid ? -1 : 1));
  },
};

/** The properties that M68 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'M68',
  name: 'recon-status-raw',
  breaks: ['S17'],
  lanes: ['sim', 'live'],
};

/** The reference with its procedure `reconcile` replaced. */
export const system: System = sabotage(
  {},
  { name: 'M68-recon-status-raw', module: import.meta.url, procedures: { reconcile } },
);
