CREATE TABLE flags (tenant_id integer PRIMARY KEY, mode text NOT NULL);

CREATE TABLE provider_credentials (
  tenant_id integer PRIMARY KEY,
  account text NOT NULL,
  token text NOT NULL
);

CREATE TABLE campaign_sms (
  id bigint PRIMARY KEY,
  tenant_id integer NOT NULL,
  campaign_id bigint NOT NULL,
  phone text NOT NULL,
  body text NOT NULL,
  message_uuid text,
  mode text
);

CREATE TABLE sms_logs (
  message_uuid text PRIMARY KEY,
  tenant_id integer NOT NULL,
  source text NOT NULL,
  status text NOT NULL,
  provider_message_id text,
  created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE go_sms_logs (
  message_uuid text,
  dry_run boolean,
  tenant_id integer NOT NULL,
  status text NOT NULL,
  provider_message_id text,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (message_uuid, dry_run)
);

CREATE TABLE quota_accounts (tenant_id integer PRIMARY KEY, units bigint NOT NULL);

GRANT SELECT ON flags, provider_credentials TO ${legacyRole};
GRANT SELECT, UPDATE ON campaign_sms, quota_accounts TO ${legacyRole};
GRANT SELECT, INSERT ON sms_logs TO ${legacyRole};

GRANT SELECT ON provider_credentials TO ${serviceRole};
GRANT SELECT, INSERT, UPDATE ON go_sms_logs TO ${serviceRole};
