-- The tables of the application as `php artisan schema:dump` writes them, and the privileges of each role.
CREATE TABLE feature_flags (
  id bigserial PRIMARY KEY,
  tenant_id bigint NOT NULL,
  feature_name varchar(255) NOT NULL,
  mode varchar(255) NOT NULL DEFAULT 'OFF',
  created_at timestamp,
  updated_at timestamp,
  UNIQUE (tenant_id, feature_name)
);

CREATE TABLE campaigns (
  id bigserial PRIMARY KEY,
  owner_id bigint NOT NULL,
  gateway varchar(255) NOT NULL DEFAULT 'twilio',
  created_at timestamp,
  updated_at timestamp
);

CREATE TABLE phones (
  id bigserial PRIMARY KEY,
  country_code varchar(8) NOT NULL,
  phone varchar(32) NOT NULL,
  created_at timestamp,
  updated_at timestamp
);

CREATE TABLE campaign_s_m_s (
  id bigserial PRIMARY KEY,
  campaign_id bigint NOT NULL,
  phone_id bigint NOT NULL,
  sms_built text NOT NULL,
  created_at timestamp,
  updated_at timestamp
);
CREATE INDEX campaign_s_m_s_campaign_id_index ON campaign_s_m_s (campaign_id);

CREATE TABLE sms_logs (
  id bigserial PRIMARY KEY,
  tenant_id bigint NOT NULL,
  message_uuid varchar(36) NOT NULL UNIQUE,
  source varchar(16) NOT NULL,
  status varchar(16) NOT NULL,
  provider_message_id varchar(64),
  created_at timestamp DEFAULT CURRENT_TIMESTAMP,
  updated_at timestamp
);

CREATE TABLE email_s_m_s_limit_rates (
  id bigserial PRIMARY KEY,
  owner_id bigint NOT NULL UNIQUE,
  email bigint NOT NULL DEFAULT 0,
  sms bigint NOT NULL DEFAULT 0,
  created_at timestamp,
  updated_at timestamp
);

-- The log of the Go service. The application only reads it, for reconciliation.
CREATE TABLE go_sms_logs (
  message_uuid text NOT NULL,
  dry_run boolean NOT NULL,
  tenant_id bigint NOT NULL,
  recipient text NOT NULL,
  body text NOT NULL,
  status text NOT NULL,
  provider_message_id text,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (message_uuid, dry_run)
);

GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ${legacyRole};
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO ${legacyRole};
REVOKE INSERT, UPDATE, DELETE ON go_sms_logs FROM ${legacyRole};
GRANT SELECT, INSERT, UPDATE ON go_sms_logs TO ${serviceRole};
