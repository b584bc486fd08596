// M66: reconciliation compares with `<>`, which says nothing about NULL: a provider id that is lost in one log is no mismatch.
import type { Procedure, System } from '../../src/contract/system.ts';
import { reconcileLogs } from '../../src/reconcile/procedures/reconcile.ts';
import { rewriteSql, sabotage } from './sabotage.ts';

const reconcile: Procedure<'reconcile'> = {
  sql: rewriteSql(reconcileLogs.sql, 'IS DISTINCT FROM', '<>'),
  async twin(tx, args, nowMicros) {
    const found = await reconcileLogs.twin(tx, args, nowMicros);
    return found.filter(
      ({ kind, legacyValue, serviceValue }) =>
        kind !== 'provider_message_id_mismatch' || (legacyValue !== null && serviceValue !== null),
    );
  },
};

/** The mutant. */
export const system: System = sabotage(
  {},
  { name: 'M66-recon-null-unsafe', module: import.meta.url, procedures: { reconcile } },
);
