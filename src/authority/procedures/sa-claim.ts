// sa_claim: the only way to win the right to send a message. The conformance suite compares its two forms.
import assert from 'node:assert/strict';
import { databaseTime, olderThan } from '../../contract/store.ts';
import type { Procedure } from '../../contract/system.ts';

/*
 * Insert first, decide after: the insert waits for a concurrent insert of the same key. The next statement has a new snapshot, so it
 * finds the row of the other insert, and locks and reads it.
 */
const sql = `
CREATE FUNCTION sa_claim(message_uuid text, tenant_id integer, payload_digest text, holder text, token text,
                         lease_ms double precision)
RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE
  found_row send_authority%ROWTYPE;
BEGIN
  INSERT INTO send_authority (message_uuid, tenant_id, payload_digest, holder, token, state, epoch, lease_until)
  VALUES (sa_claim.message_uuid, sa_claim.tenant_id, sa_claim.payload_digest, sa_claim.holder, sa_claim.token, 'CLAIMED', 1,
          clock_timestamp() + sa_claim.lease_ms * interval '1 millisecond')
  ON CONFLICT DO NOTHING;
  IF FOUND THEN
    RETURN jsonb_build_object('kind', 'granted', 'epoch', 1);
  END IF;

  SELECT * INTO STRICT found_row FROM send_authority AS authority
  WHERE authority.message_uuid = sa_claim.message_uuid FOR UPDATE;
  IF found_row.payload_digest <> sa_claim.payload_digest THEN
    RETURN jsonb_build_object('kind', 'conflict');
  END IF;
  IF found_row.state = 'CLAIMED' AND found_row.token = sa_claim.token THEN
    RETURN jsonb_build_object('kind', 'granted', 'epoch', found_row.epoch);
  END IF;
  IF found_row.state = 'CLAIMED' AND found_row.lease_until < clock_timestamp() THEN
    UPDATE send_authority AS authority
    SET holder = sa_claim.holder, token = sa_claim.token, epoch = authority.epoch + 1, changed_at = clock_timestamp(),
        lease_until = clock_timestamp() + sa_claim.lease_ms * interval '1 millisecond'
    WHERE authority.message_uuid = sa_claim.message_uuid;
    RETURN jsonb_build_object('kind', 'granted', 'epoch', found_row.epoch + 1);
  END IF;
  RETURN jsonb_build_object('kind', 'held', 'state', found_row.state, 'holder', found_row.holder,
                            'providerMessageId', found_row.provider_message_id);
END $$;
ALTER FUNCTION sa_claim OWNER TO :legacy_role;
REVOKE ALL ON FUNCTION sa_claim FROM PUBLIC`;

/** Claims a message for one payload. A claim is granted again only to the same token, or to any token once its lease has expired. */
export const saClaim: Procedure<'sa_claim'> = {
  sql,
  async twin(tx, { messageUuid, tenantId, payloadDigest, holder, token, leaseMs }) {
    const claim = {
      tenant_id: tenantId,
      payload_digest: payloadDigest,
      holder,
      token,
      lease_until: databaseTime(leaseMs),
    };
    const first = { message_uuid: messageUuid, ...claim, state: 'CLAIMED', epoch: 1 } as const;
    if ((await tx.insert('send_authority', first, { onConflict: 'ignore' })) !== undefined) {
      return { kind: 'granted', epoch: 1 };
    }
    const [row] = await tx.select('send_authority', { message_uuid: messageUuid }, { forUpdate: true });
    assert(row !== undefined, `the authority of ${messageUuid} vanished between insert and select`);
    if (row.payload_digest !== payloadDigest) return { kind: 'conflict' };
    if (row.state === 'CLAIMED' && row.token === token) return { kind: 'granted', epoch: row.epoch };
    if (row.state === 'CLAIMED') {
      const [taken] = await tx.update(
        'send_authority',
        { message_uuid: messageUuid, lease_until: olderThan(0) },
        { holder, token, epoch: row.epoch + 1, changed_at: databaseTime(), lease_until: databaseTime(leaseMs) },
      );
      if (taken !== undefined) return { kind: 'granted', epoch: taken.epoch };
    }
    return { kind: 'held', state: row.state, holder: row.holder, providerMessageId: row.provider_message_id };
  },
};
