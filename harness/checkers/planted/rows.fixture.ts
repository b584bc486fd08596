// The rows that the systems write for the messages of a life. Used by tests only.
import type { Role } from '../../../src/contract/message.ts';
import { type Happening, type HappeningOf, logRow, recipientOf, row } from '../../history/history.fixture.ts';
import { type Life, type Message, settleOf } from './life.fixture.ts';

type Values = Readonly<Record<string, unknown>>;

/** The transactions by the state that they write: the authority and the service's log are written in one transaction. */
const STAGES: Readonly<Record<string, string>> = { CLAIMED: 'claim', pending: 'claim', SENDING: 'begin' };

/** A change of the authority over a message. Its states come in one order, so each state determines the one before it. */
export function authority(
  { tenant, startMs }: Life,
  message: Message,
  now: { holder: Role; state: string; id?: string | null },
): Happening {
  const { holder, state, id = null } = now;
  const rowIn = (value: string, providerMessageId: string | null): Values => ({
    message_uuid: message.messageUuid,
    tenant_id: tenant.tenantId,
    payload_digest: `payload-${message.messageUuid}`,
    holder,
    token: `token-${message.messageUuid}`,
    state: value,
    epoch: 1,
    lease_until: isoAt(startMs + 820),
    provider_message_id: providerMessageId,
    changed_at: isoAt(startMs + 16),
  });
  const before = state === 'SENDING' ? 'CLAIMED' : 'SENDING';
  return row('send_authority', {
    key: message.messageUuid,
    operation: state === 'CLAIMED' ? 'insert' : 'update',
    before: state === 'CLAIMED' ? null : rowIn(before, null),
    after: rowIn(state, id),
    role: holder === 'legacy' ? 'legacy_role' : 'service_role',
    transaction: `${STAGES[state] ?? 'end'}-${message.messageUuid}`,
  });
}

/** A row that the service writes into its own log. */
export function serviceLog(
  { tenant, startMs }: Life,
  { item, messageUuid }: Message,
  now: { status: string; id?: string | null; isDryRun?: boolean },
): Happening {
  const { status, id = null, isDryRun = false } = now;
  const rowIn = (value: string, providerMessageId: string | null): Values => ({
    message_uuid: messageUuid,
    dry_run: isDryRun,
    tenant_id: tenant.tenantId,
    recipient: recipientOf(item),
    body: `message ${item}`,
    status: value,
    provider_message_id: providerMessageId,
    created_at: isoAt(startMs + 16),
  });
  const isFirst = status === 'pending' || isDryRun;
  return row('go_sms_logs', {
    key: `${messageUuid}/${isDryRun}`,
    operation: isFirst ? 'insert' : 'update',
    before: isFirst ? null : rowIn('pending', null),
    after: rowIn(status, id),
    role: 'service_role',
    transaction: `${isDryRun ? 'rehearse' : (STAGES[status] ?? 'end')}-${messageUuid}`,
  });
}

/** The legacy app's final row for a message. */
export function finalRow(
  life: Life,
  message: Message,
  rowValues: { source: string; status: string; id: string | null },
): Happening {
  const { messageUuid } = message;
  const made = logRow(messageUuid, { ...rowValues, transaction: settleOf(message) }) as HappeningOf<'row'>;
  return { ...made, after: { ...made.after, tenant_id: life.tenant.tenantId, created_at: isoAt(life.startMs + 44) } };
}

/** The row of a message in the quota ledger. */
export function ledger(
  { tenant }: Life,
  message: Message,
  now: { state: 'reserved' | 'charged' | 'released'; transaction?: string },
): Happening {
  const { state, transaction = state === 'reserved' ? `x-entry-${message.item}` : settleOf(message) } = now;
  const rowIn = (value: string): Values => ({
    message_uuid: message.messageUuid,
    tenant_id: tenant.tenantId,
    state: value,
  });
  return row('quota_ledger', {
    key: message.messageUuid,
    operation: state === 'reserved' ? 'insert' : 'update',
    before: state === 'reserved' ? null : rowIn('reserved'),
    after: rowIn(state),
    transaction,
  });
}

/** The update that marks a message as settled, together with its final row. */
export function settledRow({ tenant }: Life, message: Message): Happening {
  const { item, messageUuid } = message;
  const rowIn = (settled: boolean): Values => ({
    tenant_id: tenant.tenantId,
    phone: recipientOf(item),
    message_uuid: messageUuid,
    mode: tenant.mode,
    epoch: 1,
    settled,
  });
  return row('campaign_sms', {
    key: item,
    operation: 'update',
    before: rowIn(false),
    after: rowIn(true),
    transaction: settleOf(message),
  });
}

/** The time of the database at a millisecond of the run. */
function isoAt(ms: number): string {
  return new Date(Date.UTC(2026, 0, 1) + ms).toISOString();
}
