// The tables of a pair of systems: the row type of each, and the keys that a store enforces.
import type { AuthorityState } from './authority.ts';
import type { Role, Status } from './message.ts';

/** The rows of every table, by table name. Column names are the database's. Times are the database's, in ISO 8601. */
export interface Tables {
  feature_flags: { tenant_id: number; feature_name: string; mode: string; epoch: number };
  campaign_sms: {
    id: number;
    tenant_id: number;
    campaign_id: number;
    phone: string;
    body: string;
    provider: string;
    message_uuid: string | null;
    mode: string | null;
    epoch: number | null;
    /** Whether the message has its final log row. Recovery reads only items that do not. */
    settled: boolean;
  };
  provider_credentials: { tenant_id: number; provider: string; account: string; token: string };
  send_authority: {
    message_uuid: string;
    tenant_id: number;
    /** A digest of the payload that the uuid was first claimed for. A claim for another payload is refused. */
    payload_digest: string;
    holder: Role;
    token: string;
    state: AuthorityState;
    epoch: number;
    lease_until: string;
    provider_message_id: string | null;
    changed_at: string;
  };
  sms_logs: {
    message_uuid: string;
    tenant_id: number;
    source: 'go' | 'legacy';
    status: Status;
    provider_message_id: string | null;
    created_at: string;
  };
  go_sms_logs: {
    message_uuid: string;
    dry_run: boolean;
    tenant_id: number;
    recipient: string;
    body: string;
    status: 'pending' | Status;
    provider_message_id: string | null;
    created_at: string;
  };
  quota_accounts: { tenant_id: number; units: number };
  quota_ledger: { message_uuid: string; tenant_id: number; state: 'reserved' | 'charged' | 'released' };
  messaging_breakers: {
    name: BreakerName;
    state: BreakerState;
    failures: number;
    /** When the first failure of the current window was recorded; null if there is no window. */
    window_started_at: string | null;
    opened_at: string | null;
    probes: number;
  };
}

/** Live calls and dry runs have separate breakers, so that a rehearsal never stops real traffic. */
export type BreakerName = 'live' | 'dry';

/** The states of a circuit breaker. */
export type BreakerState = 'CLOSED' | 'OPEN' | 'HALF_OPEN';

/** The name of a table. */
export type TableName = keyof Tables;

/** A row of one table. */
export type RowOf<T extends TableName> = Tables[T];

/** What a store must know about one table: its key, other unique columns, its owner, and the columns that the database fills in. */
export interface TableDefinition<T extends TableName = TableName> {
  readonly primaryKey: readonly (keyof Tables[T] & string)[];
  readonly unique: readonly (keyof Tables[T] & string)[];
  readonly owner: Role;
  readonly defaults: Readonly<Partial<Record<keyof Tables[T] & string, DefaultValue>>>;
}

/** A value that the database fills in: the time of its clock, or a constant. */
export type DefaultValue =
  { readonly kind: 'now' } | { readonly kind: 'constant'; readonly value: string | number | boolean | null };

const now: DefaultValue = { kind: 'now' };
const constant = (value: string | number | boolean | null): DefaultValue => ({ kind: 'constant', value });

/** The definitions of all tables. Tests compare the PostgreSQL migrations and the simulated store with them. */
export const TABLES: { readonly [T in TableName]: TableDefinition<T> } = {
  feature_flags: {
    primaryKey: ['tenant_id', 'feature_name'],
    unique: [],
    owner: 'legacy',
    defaults: { epoch: constant(1) },
  },
  campaign_sms: {
    primaryKey: ['id'],
    unique: ['message_uuid'],
    owner: 'legacy',
    defaults: { message_uuid: constant(null), mode: constant(null), epoch: constant(null), settled: constant(false) },
  },
  provider_credentials: { primaryKey: ['tenant_id', 'provider'], unique: [], owner: 'legacy', defaults: {} },
  send_authority: {
    primaryKey: ['message_uuid'],
    unique: [],
    owner: 'legacy',
    defaults: { provider_message_id: constant(null), changed_at: now },
  },
  sms_logs: {
    primaryKey: ['message_uuid'],
    unique: [],
    owner: 'legacy',
    defaults: { provider_message_id: constant(null), created_at: now },
  },
  go_sms_logs: {
    primaryKey: ['message_uuid', 'dry_run'],
    unique: [],
    owner: 'service',
    defaults: { provider_message_id: constant(null), created_at: now },
  },
  quota_accounts: { primaryKey: ['tenant_id'], unique: [], owner: 'legacy', defaults: {} },
  quota_ledger: { primaryKey: ['message_uuid'], unique: [], owner: 'legacy', defaults: {} },
  messaging_breakers: {
    primaryKey: ['name'],
    unique: [],
    owner: 'legacy',
    defaults: { window_started_at: constant(null), opened_at: constant(null) },
  },
};

/** The feature flag that carries the mode. */
export const MODE_FEATURE = 'messaging_service';
