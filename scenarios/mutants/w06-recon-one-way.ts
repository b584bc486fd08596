// W06: reconciliation compares one way only: it never reports a send of the service that the legacy app's log lacks.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import type { Procedure, System } from '../../src/contract/system.ts';
import { reconcileLogs } from '../../src/reconcile/procedures/reconcile.ts';
import { rewriteSql, sabotage } from './sabotage.ts';
import { MARKING_FUNCTION, twinTookEffect } from './took-effect.ts';

const BOTH_WAYS = 'WHERE service.comparable AND service.own AND legacy.status IS NULL';

const reconcile: Procedure<'reconcile'> = {
  sql: MARKING_FUNCTION + rewriteSql(reconcileLogs.sql, BOTH_WAYS, `${BOTH_WAYS} AND NOT mutant_took_effect('W06')`),
  async twin(tx, args, server) {
    const found = await reconcileLogs.twin(tx, args, server);
    const seen = found.filter(({ kind }) => kind !== 'missing_in_laravel');
    if (seen.length < found.length) twinTookEffect(server, 'W06');
    return seen;
  },
};

/** The properties that W06 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'W06',
  name: 'recon-one-way',
  breaks: ['S17'],
  lanes: ['sim', 'live'],
};

/** The reference with its procedure `reconcile` replaced. */
export const system: System = sabotage(
  {},
  { name: 'W06-recon-one-way', module: import.meta.url, procedures: { reconcile } },
);
