// W17: UNKNOWN is final: what the holder of a send learns after recovery has marked it UNKNOWN is refused.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import { saSettle } from '../../src/authority/procedures/sa-settle.ts';
import type { Procedure, System } from '../../src/contract/system.ts';
import { rewriteSql, sabotage } from './sabotage.ts';
import { MARKING_FUNCTION, twinTookEffect } from './took-effect.ts';

const RESOLVED = "authority.state = 'UNKNOWN' AND sa_settle.state <> 'UNKNOWN'";

const settle: Procedure<'sa_settle'> = {
  sql: MARKING_FUNCTION + rewriteSql(saSettle.sql, RESOLVED, `${RESOLVED} AND NOT mutant_took_effect('W17')`),
  async twin(tx, args, server) {
    const { messageUuid, epoch, state } = args;
    const inDoubt = { message_uuid: messageUuid, epoch, state: 'UNKNOWN' } as const;
    const doubts = state === 'UNKNOWN' ? [] : await tx.select('send_authority', inDoubt, { forUpdate: true });
    if (doubts.length === 0) return saSettle.twin(tx, args, server);
    twinTookEffect(server, 'W17');
    return false;
  },
};

/** The properties that W17 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'W17',
  name: 'doubt-is-final',
  breaks: ['L5'],
  lanes: ['sim'],
};

/** The reference with its procedure `sa_settle` replaced. */
export const system: System = sabotage(
  {},
  { name: 'W17-doubt-is-final', module: import.meta.url, procedures: { sa_settle: settle } },
);
