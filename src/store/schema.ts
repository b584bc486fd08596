// The DDL for the tables of src/contract/tables.ts. The caller replaces :legacy_role and :service_role with the names of existing roles.
import { TABLES, type TableName } from '../contract/tables.ts';

/*
 * Keys and tokens are text, not uuid: a broken import can leave a blank message_uuid, and the legacy app has to refuse it, not the
 * database. The balance has no check against negative values: if a system oversells, observers must see it.
 */
const DEFINITIONS: { readonly [T in TableName]: string } = {
  feature_flags: `
    tenant_id integer NOT NULL,
    feature_name text NOT NULL,
    mode text NOT NULL,
    epoch integer NOT NULL DEFAULT 1,
    PRIMARY KEY (tenant_id, feature_name)`,
  campaign_sms: `
    id bigint PRIMARY KEY,
    tenant_id integer NOT NULL,
    campaign_id bigint NOT NULL,
    phone text NOT NULL,
    body text NOT NULL,
    provider text NOT NULL,
    message_uuid text UNIQUE,
    mode text,
    epoch integer,
    settled boolean NOT NULL DEFAULT false`,
  provider_credentials: `
    tenant_id integer NOT NULL,
    provider text NOT NULL,
    account text NOT NULL,
    token text NOT NULL,
    PRIMARY KEY (tenant_id, provider)`,
  send_authority: `
    message_uuid text PRIMARY KEY,
    tenant_id integer NOT NULL,
    payload_digest text NOT NULL,
    holder text NOT NULL CHECK (holder IN ('legacy', 'service')),
    token text NOT NULL,
    state text NOT NULL CHECK (state IN ('CLAIMED', 'SENDING', 'SENT', 'NOT_SENT', 'UNKNOWN')),
    epoch integer NOT NULL CHECK (epoch >= 1),
    lease_until timestamptz NOT NULL,
    provider_message_id text,
    changed_at timestamptz NOT NULL DEFAULT clock_timestamp()`,
  sms_logs: `
    message_uuid text PRIMARY KEY,
    tenant_id integer NOT NULL,
    source text NOT NULL CHECK (source IN ('go', 'legacy')),
    status text NOT NULL,
    provider_message_id text,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp()`,
  go_sms_logs: `
    message_uuid text NOT NULL,
    dry_run boolean NOT NULL,
    tenant_id integer NOT NULL,
    recipient text NOT NULL,
    body text NOT NULL,
    status text NOT NULL,
    provider_message_id text,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (message_uuid, dry_run)`,
  quota_accounts: `
    tenant_id integer PRIMARY KEY,
    units integer NOT NULL`,
  quota_ledger: `
    message_uuid text PRIMARY KEY,
    tenant_id integer NOT NULL,
    state text NOT NULL CHECK (state IN ('reserved', 'charged', 'released'))`,
  messaging_breakers: `
    name text PRIMARY KEY,
    state text NOT NULL CHECK (state IN ('CLOSED', 'OPEN', 'HALF_OPEN')),
    failures integer NOT NULL,
    window_started_at timestamptz,
    opened_at timestamptz,
    probes integer NOT NULL`,
};

/** Indexes for the queries of entry and recovery, in addition to the keys. */
const INDEXES: readonly string[] = [
  'CREATE INDEX campaign_sms_by_campaign ON campaign_sms (campaign_id)',
  'CREATE INDEX campaign_sms_unsettled ON campaign_sms (id) WHERE NOT settled',
  "CREATE INDEX send_authority_sending ON send_authority (changed_at) WHERE state = 'SENDING'",
  "CREATE INDEX quota_ledger_reserved ON quota_ledger (tenant_id) WHERE state = 'reserved'",
];

/** Statements that create every table and set its owner. The database's owner runs them; both login roles must exist. */
export const MIGRATIONS: readonly string[] = [
  ...(Object.keys(DEFINITIONS) as TableName[]).flatMap(createTable),
  ...INDEXES,
];

function createTable(name: TableName): string[] {
  return [`CREATE TABLE ${name} (${DEFINITIONS[name]}\n)`, `ALTER TABLE ${name} OWNER TO :${TABLES[name].owner}_role`];
}
