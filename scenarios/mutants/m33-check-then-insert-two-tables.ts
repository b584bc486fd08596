// M33: each system takes a message over when neither log has it yet: there is no row that both must write, so both can take it.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import { saClaim } from '../../src/authority/procedures/sa-claim.ts';
import type { Role } from '../../src/contract/message.ts';
import { databaseTime, type Transaction } from '../../src/contract/store.ts';
import type { Procedure, System } from '../../src/contract/system.ts';
import { rewriteSql, sabotage } from './sabotage.ts';
import { MARKING_FUNCTION, twinTookEffect } from './took-effect.ts';

const TAKE_OVER = `BEGIN
  UPDATE send_authority AS authority
  SET holder = sa_claim.holder, token = sa_claim.token, state = 'CLAIMED', epoch = authority.epoch + 1,
      lease_until = clock_timestamp() + sa_claim.lease_ms * interval '1 millisecond'
  WHERE authority.message_uuid = sa_claim.message_uuid AND authority.holder <> sa_claim.holder
    AND NOT EXISTS (SELECT FROM sms_logs AS log WHERE log.message_uuid = sa_claim.message_uuid)
    AND NOT EXISTS (SELECT FROM go_sms_logs AS log WHERE log.message_uuid = sa_claim.message_uuid AND NOT log.dry_run)
    AND mutant_took_effect('M33');`;

const claim: Procedure<'sa_claim'> = {
  sql: MARKING_FUNCTION + rewriteSql(saClaim.sql, 'BEGIN', TAKE_OVER),
  async twin(tx, args, server) {
    const { messageUuid, holder, token, leaseMs } = args;
    const ofOther = { message_uuid: messageUuid, holder: OTHER[holder] };
    const [row] = await tx.select('send_authority', ofOther, { forUpdate: true });
    if (row !== undefined && !(await isLogged(tx, messageUuid))) {
      twinTookEffect(server, 'M33');
      const taken = {
        holder,
        token,
        state: 'CLAIMED',
        epoch: row.epoch + 1,
        lease_until: databaseTime(leaseMs),
      } as const;
      await tx.update('send_authority', ofOther, taken);
    }
    return saClaim.twin(tx, args, server);
  },
};

const OTHER: Readonly<Record<Role, Role>> = { legacy: 'service', service: 'legacy' };

async function isLogged(tx: Transaction, messageUuid: string): Promise<boolean> {
  const [logged] = await tx.select('sms_logs', { message_uuid: messageUuid });
  const [known] = await tx.select('go_sms_logs', { message_uuid: messageUuid, dry_run: false });
  return logged !== undefined || known !== undefined;
}

/** The properties that M33 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'M33',
  name: 'check-then-insert-two-tables',
  breaks: ['S1', 'S2'],
  lanes: ['sim'],
};

/** The reference with its procedure `sa_claim` replaced. */
export const system: System = sabotage(
  {},
  { name: 'M33-check-then-insert-two-tables', module: import.meta.url, procedures: { sa_claim: claim } },
);
