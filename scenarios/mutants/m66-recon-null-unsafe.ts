// M66: reconciliation compares provider ids with `<>`, which is NULL if one of them is NULL: an id missing in one log is no mismatch.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import type { Procedure, System } from '../../src/contract/system.ts';
import { reconcileLogs } from '../../src/reconcile/procedures/reconcile.ts';
import { rewriteSql, sabotage } from './sabotage.ts';
import { MARKING_FUNCTION, twinTookEffect } from './took-effect.ts';

const NULL_SAFE = 'legacy.provider_message_id IS DISTINCT FROM service.provider_message_id';

/** Two ids that are not NULL are compared as in the reference. */
const NULL_UNSAFE = `coalesce(legacy.provider_message_id <> service.provider_message_id,
                  ${NULL_SAFE} AND NOT mutant_took_effect('M66'))`;

const reconcile: Procedure<'reconcile'> = {
  sql: MARKING_FUNCTION + rewriteSql(reconcileLogs.sql, NULL_SAFE, NULL_UNSAFE),
  async twin(tx, args, server) {
    const found = await reconcileLogs.twin(tx, args, server);
    const seen = found.filter(({ legacyValue, serviceValue, kind }) => {
      return kind !== 'provider_message_id_mismatch' || (legacyValue !== null && serviceValue !== null);
    });
    if (seen.length < found.length) twinTookEffect(server, 'M66');
    return seen;
  },
};

/** The properties that M66 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'M66',
  name: 'recon-null-unsafe',
  breaks: ['S17'],
  lanes: ['sim', 'live'],
};

/** The reference with its procedure `reconcile` replaced. */
export const system: System = sabotage(
  {},
  { name: 'M66-recon-null-unsafe', module: import.meta.url, procedures: { reconcile } },
);
