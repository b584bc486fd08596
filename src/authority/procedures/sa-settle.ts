// sa_settle: records how a send ended. Only the epoch that began the send can record it, and only UNKNOWN can change afterwards.
import { anyOf, databaseTime } from '../../contract/store.ts';
import type { Procedure } from '../../contract/system.ts';

const sql = `
CREATE FUNCTION sa_settle(message_uuid text, epoch integer, state text, provider_message_id text)
RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
BEGIN
  UPDATE send_authority AS authority
  SET state = sa_settle.state, provider_message_id = sa_settle.provider_message_id, changed_at = clock_timestamp()
  WHERE authority.message_uuid = sa_settle.message_uuid AND authority.epoch = sa_settle.epoch
    AND sa_settle.state IN ('SENT', 'NOT_SENT', 'UNKNOWN')
    AND (authority.state = 'SENDING' OR authority.state = 'UNKNOWN' AND sa_settle.state <> 'UNKNOWN');
  RETURN to_jsonb(FOUND);
END $$;
ALTER FUNCTION sa_settle OWNER TO :legacy_role;
REVOKE ALL ON FUNCTION sa_settle FROM PUBLIC`;

/** Ends a send: SENDING becomes terminal, UNKNOWN can still become SENT or NOT_SENT, everything else is refused. */
export const saSettle: Procedure<'sa_settle'> = {
  sql,
  async twin(tx, { messageUuid, epoch, state, providerMessageId }) {
    const from = state === 'UNKNOWN' ? 'SENDING' : anyOf(['SENDING', 'UNKNOWN']);
    const settled = await tx.update(
      'send_authority',
      { message_uuid: messageUuid, epoch, state: from },
      { state, provider_message_id: providerMessageId, changed_at: databaseTime() },
    );
    return settled.length > 0;
  },
};
