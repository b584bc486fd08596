// W10: recovery marks every send that is under way as UNKNOWN, however young it is.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import { saSurface } from '../../src/authority/procedures/sa-surface.ts';
import type { Procedure, System } from '../../src/contract/system.ts';
import { rewriteSql, sabotage } from './sabotage.ts';
import { MARKING_FUNCTION, twinTookEffect } from './took-effect.ts';

const AGE = "changed_at < clock_timestamp() - older_than_ms * interval '1 millisecond'";

const surface: Procedure<'sa_surface'> = {
  sql: MARKING_FUNCTION + rewriteSql(saSurface.sql, AGE, `(${AGE} OR mutant_took_effect('W10'))`),
  async twin(tx, args, server) {
    const old = await saSurface.twin(tx, args, server);
    const young = await saSurface.twin(tx, { olderThanMs: 0 }, server);
    if (young.length > 0) twinTookEffect(server, 'W10');
    return [...old, ...young].toSorted();
  },
};

/** The properties that W10 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'W10',
  name: 'surface-at-once',
  breaks: ['L4', 'L2'],
  lanes: ['sim', 'live'],
};

/** The reference with its procedure `sa_surface` replaced. */
export const system: System = sabotage(
  {},
  { name: 'W10-surface-at-once', module: import.meta.url, procedures: { sa_surface: surface } },
);
