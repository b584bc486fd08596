-- The repair: uuid and mode are stored with the message, quota is reserved before a send, and one row per uuid says which system may send.
ALTER TABLE campaign_s_m_s
  ADD COLUMN message_uuid varchar(36) UNIQUE,
  ADD COLUMN mode varchar(8),
  ADD COLUMN recipient varchar(32),
  ADD COLUMN settled_at timestamp;
CREATE INDEX campaign_s_m_s_open_index ON campaign_s_m_s (id) WHERE message_uuid IS NOT NULL AND settled_at IS NULL;

CREATE TABLE sms_reservations (
  message_uuid varchar(36) PRIMARY KEY,
  owner_id bigint NOT NULL,
  state varchar(16) NOT NULL CHECK (state IN ('reserved', 'charged', 'released'))
);
CREATE INDEX sms_reservations_open_index ON sms_reservations (owner_id) WHERE state = 'reserved';

CREATE TABLE send_authority (
  message_uuid text PRIMARY KEY,
  tenant_id bigint NOT NULL,
  payload_digest text NOT NULL,
  holder text NOT NULL CHECK (holder IN ('legacy', 'service')),
  token text NOT NULL,
  state text NOT NULL CHECK (state IN ('CLAIMED', 'SENDING', 'SENT', 'NOT_SENT', 'UNKNOWN')),
  epoch integer NOT NULL,
  lease_until timestamptz NOT NULL,
  provider_message_id text,
  changed_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX send_authority_sending_index ON send_authority (changed_at) WHERE state = 'SENDING';

-- Claims a message: granted to the first claim, again to the same token, and to any token once the lease of a claim that did not begin its
-- send has expired.
CREATE FUNCTION sa_claim(
  uuid text, tenant bigint, recipient text, body text, claimant text, claim_token text, lease_ms bigint,
  OUT verdict text, OUT epoch integer, OUT holder text, OUT state text, OUT provider_message_id text
) LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE
  digest text := encode(sha256(convert_to(concat_ws(E'\n', tenant, recipient, body), 'UTF8')), 'hex');
  lease timestamptz := clock_timestamp() + lease_ms * interval '1 millisecond';
  row send_authority%ROWTYPE;
BEGIN
  -- The insert waits for the transaction that inserts the same uuid; the select after it then sees that row.
  INSERT INTO send_authority (message_uuid, tenant_id, payload_digest, holder, token, state, epoch, lease_until)
  VALUES (uuid, tenant, digest, claimant, claim_token, 'CLAIMED', 1, lease)
  ON CONFLICT DO NOTHING;
  SELECT * INTO STRICT row FROM send_authority WHERE message_uuid = uuid FOR UPDATE;

  IF row.payload_digest <> digest THEN
    verdict := 'conflict';
  ELSIF row.state = 'CLAIMED' AND row.token = claim_token THEN
    verdict := 'granted';
  ELSIF row.state = 'CLAIMED' AND row.lease_until < clock_timestamp() THEN
    verdict := 'granted';
    UPDATE send_authority AS a
    SET holder = claimant, token = claim_token, epoch = a.epoch + 1, lease_until = lease, changed_at = clock_timestamp()
    WHERE message_uuid = uuid RETURNING * INTO row;
  ELSE
    verdict := 'held';
  END IF;
  epoch := row.epoch;
  holder := row.holder;
  state := row.state;
  provider_message_id := row.provider_message_id;
END $$;

-- Begins a send, which cannot be undone: from here on no lease frees the message for another attempt.
CREATE FUNCTION sa_begin_send(uuid text, claim_epoch integer, claim_token text)
RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  found_state text;
BEGIN
  SELECT state INTO found_state FROM send_authority
  WHERE message_uuid = uuid AND epoch = claim_epoch AND token = claim_token FOR UPDATE;
  IF found_state = 'CLAIMED' THEN
    UPDATE send_authority SET state = 'SENDING', changed_at = clock_timestamp() WHERE message_uuid = uuid;
  END IF;
  RETURN coalesce(found_state IN ('CLAIMED', 'SENDING'), false);
END $$;

-- Records how a send ended. An UNKNOWN outcome can still become SENT or NOT_SENT.
CREATE FUNCTION sa_settle(uuid text, claim_epoch integer, final_state text, sid text)
RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE send_authority SET state = final_state, provider_message_id = sid, changed_at = clock_timestamp()
  WHERE message_uuid = uuid AND epoch = claim_epoch
    AND (state = 'SENDING' OR state = 'UNKNOWN' AND final_state IN ('SENT', 'NOT_SENT'));
  RETURN FOUND;
END $$;

ALTER TABLE send_authority OWNER TO ${legacyRole};
ALTER FUNCTION sa_claim OWNER TO ${legacyRole};
ALTER FUNCTION sa_begin_send OWNER TO ${legacyRole};
ALTER FUNCTION sa_settle OWNER TO ${legacyRole};
REVOKE ALL ON FUNCTION sa_claim, sa_begin_send, sa_settle FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sa_claim, sa_begin_send, sa_settle TO ${legacyRole}, ${serviceRole};
GRANT SELECT, INSERT, UPDATE ON sms_reservations TO ${legacyRole};
