// M70: recovery returns a send whose holder died to CLAIMED instead of UNKNOWN, though the provider may have accepted the message.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import { saSurface } from '../../src/authority/procedures/sa-surface.ts';
import { databaseTime, olderThan } from '../../src/contract/store.ts';
import type { Procedure, System } from '../../src/contract/system.ts';
import { rewriteSql, sabotage } from './sabotage.ts';
import { MARKING_FUNCTION, twinTookEffect } from './took-effect.ts';

const IS_SENDING = "WHERE state = 'SENDING'";
const REQUEUED = rewriteSql(saSurface.sql, "SET state = 'UNKNOWN'", "SET state = 'CLAIMED'");

const surface: Procedure<'sa_surface'> = {
  sql: MARKING_FUNCTION + rewriteSql(REQUEUED, IS_SENDING, `${IS_SENDING} AND mutant_took_effect('M70')`),
  async twin(tx, { olderThanMs }, server) {
    const requeued = await tx.update(
      'send_authority',
      { state: 'SENDING', changed_at: olderThan(olderThanMs) },
      { state: 'CLAIMED', changed_at: databaseTime() },
    );
    if (requeued.length > 0) twinTookEffect(server, 'M70');
    return requeued.map((row) => row.message_uuid).toSorted();
  },
};

/** The properties that M70 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'M70',
  name: 'reaper-requeues-sending',
  breaks: ['S1'],
  lanes: ['sim', 'live'],
};

/** The reference with its procedure `sa_surface` replaced. */
export const system: System = sabotage(
  {},
  { name: 'M70-reaper-requeues-sending', module: import.meta.url, procedures: { sa_surface: surface } },
);
