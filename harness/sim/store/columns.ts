// The columns of every table in the database: their kind, whether they allow NULL, and which values a CHECK constraint allows. The compiler
// compares the kinds with the contract, and a test compares the rest with the DDL.
import { ROLES } from '../../../src/contract/message.ts';
import { AUTHORITY_STATES } from '../../../src/contract/authority.ts';
import type { RowOf, TableName } from '../../../src/contract/tables.ts';
import type { ColumnValue } from './row.ts';

type Kind<V> = V extends number ? 'number' : V extends boolean ? 'boolean' : 'text' | 'time';

/** The kind of a column that holds values of this type; a question mark means that the column allows NULL. */
type ColumnOf<V> = null extends V ? `${Kind<NonNullable<V>>}?` : Kind<V>;

/** All columns by table. */
export const COLUMNS: { readonly [T in TableName]: { readonly [C in keyof RowOf<T>]: ColumnOf<RowOf<T>[C]> } } = {
  feature_flags: { tenant_id: 'number', feature_name: 'text', mode: 'text', epoch: 'number' },
  campaign_sms: {
    id: 'number',
    tenant_id: 'number',
    campaign_id: 'number',
    phone: 'text',
    body: 'text',
    provider: 'text',
    message_uuid: 'text?',
    mode: 'text?',
    epoch: 'number?',
    settled: 'boolean',
  },
  provider_credentials: { tenant_id: 'number', provider: 'text', account: 'text', token: 'text' },
  send_authority: {
    message_uuid: 'text',
    tenant_id: 'number',
    payload_digest: 'text',
    holder: 'text',
    token: 'text',
    state: 'text',
    epoch: 'number',
    lease_until: 'time',
    provider_message_id: 'text?',
    changed_at: 'time',
  },
  sms_logs: {
    message_uuid: 'text',
    tenant_id: 'number',
    source: 'text',
    status: 'text',
    provider_message_id: 'text?',
    created_at: 'time',
  },
  go_sms_logs: {
    message_uuid: 'text',
    dry_run: 'boolean',
    tenant_id: 'number',
    recipient: 'text',
    body: 'text',
    status: 'text',
    provider_message_id: 'text?',
    created_at: 'time',
  },
  quota_accounts: { tenant_id: 'number', units: 'number' },
  quota_ledger: { message_uuid: 'text', tenant_id: 'number', state: 'text' },
  messaging_breakers: {
    name: 'text',
    state: 'text',
    failures: 'number',
    window_started_at: 'time?',
    opened_at: 'time?',
    probes: 'number',
  },
};

/** A CHECK constraint on one column: the allowed values, or the smallest allowed number. */
export type Check = { readonly column: string } & (
  { readonly oneOf: readonly ColumnValue[] } | { readonly least: number }
);

/** The CHECK constraints by table. */
export const CHECKS: { readonly [T in TableName]?: readonly Check[] } = {
  send_authority: [
    { column: 'holder', oneOf: ROLES },
    { column: 'state', oneOf: AUTHORITY_STATES },
    { column: 'epoch', least: 1 },
  ],
  sms_logs: [{ column: 'source', oneOf: ['go', 'legacy'] }],
  quota_ledger: [{ column: 'state', oneOf: ['reserved', 'charged', 'released'] }],
  messaging_breakers: [{ column: 'state', oneOf: ['CLOSED', 'OPEN', 'HALF_OPEN'] }],
};
