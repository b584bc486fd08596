// sa_begin_send: begins a send. This cannot be undone: from here on no lease frees the message for a second sender.
import { databaseTime } from '../../contract/store.ts';
import type { Procedure } from '../../contract/system.ts';

const sql = `
CREATE FUNCTION sa_begin_send(message_uuid text, epoch integer, token text)
RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE
  current_state text;
BEGIN
  SELECT authority.state INTO current_state FROM send_authority AS authority
  WHERE authority.message_uuid = sa_begin_send.message_uuid
    AND authority.epoch = sa_begin_send.epoch AND authority.token = sa_begin_send.token
  FOR UPDATE;
  IF current_state = 'CLAIMED' THEN
    UPDATE send_authority AS authority SET state = 'SENDING', changed_at = clock_timestamp()
    WHERE authority.message_uuid = sa_begin_send.message_uuid;
  END IF;
  RETURN to_jsonb(coalesce(current_state IN ('CLAIMED', 'SENDING'), false));
END $$;
ALTER FUNCTION sa_begin_send OWNER TO :legacy_role;
REVOKE ALL ON FUNCTION sa_begin_send FROM PUBLIC`;

/** Begins a send under a grant. A grant stays valid after its lease until another attempt takes it over. A second call changes nothing. */
export const saBeginSend: Procedure<'sa_begin_send'> = {
  sql,
  async twin(tx, { messageUuid, epoch, token }) {
    const [row] = await tx.select('send_authority', { message_uuid: messageUuid, epoch, token }, { forUpdate: true });
    if (row?.state === 'CLAIMED') {
      const began = { state: 'SENDING', changed_at: databaseTime() } as const;
      await tx.update('send_authority', { message_uuid: messageUuid }, began);
    }
    return row?.state === 'CLAIMED' || row?.state === 'SENDING';
  },
};
