// reconcile: the differences between the two logs, joined on message_uuid only, in both directions. NULL is compared as a value.
import type { Mismatch } from '../../contract/authority.ts';
import { olderThan, type Transaction } from '../../contract/store.ts';
import type { Procedure } from '../../contract/system.ts';
import type { RowOf } from '../../contract/tables.ts';

/*
 * Legacy side: rows of sms_logs whose source is 'go'. Service side: live rows of go_sms_logs. If a service row shows no acceptance and
 * the legacy app holds the message, the service wrote the row and then lost its claim: the legacy log need not have such a row.
 * A row that is younger than the grace period, or unfinished, is never reported, neither as different nor as missing its counterpart.
 */
const sql = `
CREATE FUNCTION reconcile(grace_ms double precision)
RETURNS jsonb LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH ripe AS (
    SELECT clock_timestamp() - grace_ms * interval '1 millisecond' AS before
  ), legacy_side AS (
    SELECT message_uuid, status, provider_message_id,
           status NOT IN ('pending', 'in_progress') AND created_at < ripe.before AS comparable
    FROM sms_logs, ripe WHERE source = 'go'
  ), service_side AS (
    SELECT message_uuid, status, provider_message_id,
           status NOT IN ('pending', 'in_progress') AND created_at < ripe.before AS comparable,
           status IN ('accepted', 'duplicate') OR NOT EXISTS (
             SELECT FROM send_authority AS authority
             WHERE authority.message_uuid = go_sms_logs.message_uuid AND authority.holder = 'legacy'
           ) AS own
    FROM go_sms_logs, ripe WHERE NOT dry_run
  ), found AS (
    SELECT 'missing_in_go' AS kind, legacy.message_uuid, legacy.status AS legacy_value, NULL AS service_value
    FROM legacy_side AS legacy LEFT JOIN service_side AS service USING (message_uuid)
    WHERE legacy.comparable AND service.status IS NULL
    UNION ALL
    SELECT 'missing_in_laravel', service.message_uuid, NULL, service.status
    FROM service_side AS service LEFT JOIN legacy_side AS legacy USING (message_uuid)
    WHERE service.comparable AND service.own AND legacy.status IS NULL
    UNION ALL
    SELECT different.kind, legacy.message_uuid, different.legacy_value, different.service_value
    FROM legacy_side AS legacy JOIN service_side AS service USING (message_uuid),
      LATERAL (VALUES
        ('status_mismatch', legacy.status, service.status,
         replace(legacy.status, 'duplicate', 'accepted') IS DISTINCT FROM replace(service.status, 'duplicate', 'accepted')),
        ('provider_message_id_mismatch', legacy.provider_message_id, service.provider_message_id,
         legacy.provider_message_id IS DISTINCT FROM service.provider_message_id)
      ) AS different (kind, legacy_value, service_value, differs)
    WHERE legacy.comparable AND service.comparable AND different.differs
  )
  SELECT coalesce(
    jsonb_agg(
      jsonb_build_object('kind', kind, 'messageUuid', message_uuid, 'legacyValue', legacy_value, 'serviceValue', service_value)
      ORDER BY message_uuid COLLATE "C", kind COLLATE "C"
    ),
    '[]'::jsonb
  ) FROM found
$$;
ALTER FUNCTION reconcile OWNER TO :legacy_role;
REVOKE ALL ON FUNCTION reconcile FROM PUBLIC`;

/** Finds the mismatches between the two logs, ordered by uuid and kind. The values are the two statuses or the two provider ids. */
export const reconcileLogs: Procedure<'reconcile'> = {
  sql,
  async twin(tx, { graceMs }) {
    const legacySide = await legacyEntries(tx, graceMs);
    const serviceSide = await serviceEntries(tx, graceMs);
    const uuids = new Set([...legacySide.keys(), ...serviceSide.keys()]);
    return [...uuids].toSorted().flatMap((uuid) => compare(legacySide.get(uuid), serviceSide.get(uuid)));
  },
};

/** One row of either log. `comparable`: finished and older than the grace period. `own`: not left from a claim that the service lost. */
interface LogEntry {
  readonly row: RowOf<'sms_logs'> | RowOf<'go_sms_logs'>;
  readonly comparable: boolean;
  readonly own: boolean;
}

async function legacyEntries(tx: Transaction, graceMs: number): Promise<Map<string, LogEntry>> {
  const rows = await tx.select('sms_logs', { source: 'go' });
  const ripe = await tx.select('sms_logs', { source: 'go', created_at: olderThan(graceMs) });
  const ripeUuids = new Set(ripe.map((row) => row.message_uuid));
  return new Map(rows.map((row) => [row.message_uuid, { row, comparable: isComparable(row, ripeUuids), own: true }]));
}

async function serviceEntries(tx: Transaction, graceMs: number): Promise<Map<string, LogEntry>> {
  const rows = await tx.select('go_sms_logs', { dry_run: false });
  const ripe = await tx.select('go_sms_logs', { dry_run: false, created_at: olderThan(graceMs) });
  const ripeUuids = new Set(ripe.map((row) => row.message_uuid));
  const heldByLegacy = await tx.select('send_authority', { holder: 'legacy' });
  const lost = new Set(heldByLegacy.map((row) => row.message_uuid));
  return new Map(
    rows.map((row) => {
      const own = plainStatus(row) === 'accepted' || !lost.has(row.message_uuid);
      return [row.message_uuid, { row, comparable: isComparable(row, ripeUuids), own }];
    }),
  );
}

function isComparable(row: LogEntry['row'], ripe: ReadonlySet<string>): boolean {
  return row.status !== 'pending' && row.status !== 'in_progress' && ripe.has(row.message_uuid);
}

/** The status, with `duplicate` read as `accepted`: a duplicate is an acceptance that was reported again. */
function plainStatus(row: LogEntry['row']): string {
  return row.status === 'duplicate' ? 'accepted' : row.status;
}

function compare(legacy: LogEntry | undefined, service: LogEntry | undefined): Mismatch[] {
  if (legacy === undefined || service === undefined) return missing(legacy, service);
  if (!legacy.comparable || !service.comparable) return [];
  const messageUuid = legacy.row.message_uuid;
  const found: Mismatch[] = [];
  if (legacy.row.provider_message_id !== service.row.provider_message_id) {
    const [legacyValue, serviceValue] = [legacy.row.provider_message_id, service.row.provider_message_id];
    found.push({ kind: 'provider_message_id_mismatch', messageUuid, legacyValue, serviceValue });
  }
  if (plainStatus(legacy.row) !== plainStatus(service.row)) {
    const [legacyValue, serviceValue] = [legacy.row.status, service.row.status];
    found.push({ kind: 'status_mismatch', messageUuid, legacyValue, serviceValue });
  }
  return found;
}

function missing(legacy: LogEntry | undefined, service: LogEntry | undefined): Mismatch[] {
  if (legacy?.comparable === true) {
    const { message_uuid: messageUuid, status } = legacy.row;
    return [{ kind: 'missing_in_go', messageUuid, legacyValue: status, serviceValue: null }];
  }
  if (service?.comparable === true && service.own) {
    const { message_uuid: messageUuid, status } = service.row;
    return [{ kind: 'missing_in_laravel', messageUuid, legacyValue: null, serviceValue: status }];
  }
  return [];
}
