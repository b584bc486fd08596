// sa_surface: if a sender dies during a send, only a person can find out whether the message was sent. This makes such messages visible.
import { databaseTime, olderThan } from '../../contract/store.ts';
import type { Procedure } from '../../contract/system.ts';

const sql = `
CREATE FUNCTION sa_surface(older_than_ms double precision)
RETURNS jsonb LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH surfaced AS (
    UPDATE send_authority SET state = 'UNKNOWN', changed_at = clock_timestamp()
    WHERE state = 'SENDING' AND changed_at < clock_timestamp() - older_than_ms * interval '1 millisecond'
    RETURNING message_uuid
  )
  SELECT coalesce(jsonb_agg(message_uuid ORDER BY message_uuid COLLATE "C"), '[]'::jsonb) FROM surfaced
$$;
ALTER FUNCTION sa_surface OWNER TO :legacy_role;
REVOKE ALL ON FUNCTION sa_surface FROM PUBLIC`;

/** Turns messages that have been SENDING for too long into UNKNOWN, and returns their uuids in order. */
export const saSurface: Procedure<'sa_surface'> = {
  sql,
  async twin(tx, { olderThanMs }) {
    const surfaced = await tx.update(
      'send_authority',
      { state: 'SENDING', changed_at: olderThan(olderThanMs) },
      { state: 'UNKNOWN', changed_at: databaseTime() },
    );
    return surfaced.map((row) => row.message_uuid).toSorted();
  },
};
