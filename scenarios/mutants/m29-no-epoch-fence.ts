// M29: begin-send checks neither the epoch nor the token: a paused holder that lost its claim still sends.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import { saBeginSend } from '../../src/authority/procedures/sa-begin-send.ts';
import type { Procedure, System } from '../../src/contract/system.ts';
import { rewriteSql, sabotage } from './sabotage.ts';
import { MARKING_FUNCTION, twinTookEffect } from './took-effect.ts';

const FENCE = 'authority.epoch = sa_begin_send.epoch AND authority.token = sa_begin_send.token';

const beginSend: Procedure<'sa_begin_send'> = {
  sql: MARKING_FUNCTION + rewriteSql(saBeginSend.sql, FENCE, `(${FENCE} OR mutant_took_effect('M29'))`),
  async twin(tx, args, server) {
    const [row] = await tx.select('send_authority', { message_uuid: args.messageUuid }, { forUpdate: true });
    if (row === undefined) return false;
    if (row.epoch !== args.epoch || row.token !== args.token) twinTookEffect(server, 'M29');
    return saBeginSend.twin(tx, { ...args, epoch: row.epoch, token: row.token }, server);
  },
};

/** The properties that M29 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'M29',
  name: 'no-epoch-fence',
  breaks: ['S1', 'S2', 'S3'],
  lanes: ['sim'],
};

/** The reference with its procedure `sa_begin_send` replaced. */
export const system: System = sabotage(
  {},
  { name: 'M29-no-epoch-fence', module: import.meta.url, procedures: { sa_begin_send: beginSend } },
);
