// M32: a claim takes an advisory lock in the same statement that looks for another claim. The snapshot of that statement is older than the
// lock, so the statement does not see what was committed while it waited.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import { saClaim } from '../../src/authority/procedures/sa-claim.ts';
import { databaseTime } from '../../src/contract/store.ts';
import type { Procedure, System } from '../../src/contract/system.ts';
import { rewriteSql, sabotage } from './sabotage.ts';
import { MARKING_FUNCTION, twinTookEffect } from './took-effect.ts';

const LOCK_AND_CHECK = `BEGIN
  SELECT EXISTS (SELECT FROM send_authority AS authority WHERE authority.message_uuid = sa_claim.message_uuid) INTO is_known
  FROM pg_advisory_xact_lock(hashtextextended(sa_claim.message_uuid, 0));
  IF NOT is_known THEN
    BEGIN
      INSERT INTO`;

const INSERTED = `;
    EXCEPTION WHEN unique_violation THEN
      PERFORM mutant_took_effect('M32');
      RAISE;
    END;`;

const claim: Procedure<'sa_claim'> = {
  sql:
    MARKING_FUNCTION +
    [
      ['DECLARE', 'DECLARE\n  is_known boolean;'],
      ['BEGIN\n  INSERT INTO', LOCK_AND_CHECK],
      ['\n  ON CONFLICT DO NOTHING;\n  IF FOUND THEN', INSERTED],
    ].reduce((sql, [from = '', to = '']) => rewriteSql(sql, from, to), saClaim.sql),
  async twin(tx, args, server) {
    const { messageUuid, tenantId, payloadDigest, holder, token, leaseMs } = args;
    const [seen] = await tx.select('send_authority', { message_uuid: messageUuid });
    await tx.lock(messageUuid);
    if (seen !== undefined) return saClaim.twin(tx, args, server);
    const claimed = { holder, token, state: 'CLAIMED', epoch: 1, lease_until: databaseTime(leaseMs) } as const;
    const of = { message_uuid: messageUuid, tenant_id: tenantId, payload_digest: payloadDigest };
    try {
      await tx.insert('send_authority', { ...of, ...claimed });
    } catch (error) {
      twinTookEffect(server, 'M32');
      throw error;
    }
    return { kind: 'granted', epoch: 1 };
  },
};

/** Why M32 breaks no property. */
export const mutant: MutantDescription = {
  id: 'M32',
  name: 'lock-and-check-one-statement',
  breaks: [],
  lanes: ['sim', 'live'],
  equivalent: {
    argument:
      'a message has one row, by its primary key: even if the check saw no row, a second insert fails, and without a claim nothing is sent',
  },
};

/** The reference with its procedure `sa_claim` replaced. */
export const system: System = sabotage(
  {},
  { name: 'M32-lock-and-check-one-statement', module: import.meta.url, procedures: { sa_claim: claim } },
);
