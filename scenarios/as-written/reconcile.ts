// Step 19, mandatory verification queries and mismatch detection rule, literally: all of go_sms_logs, dry runs included, against sms_logs
// of source 'go', compared with `<>`, which finds no difference from NULL.
import type { Mismatch } from '../../src/contract/authority.ts';
import type { Procedure } from '../../src/contract/system.ts';
import type { RowOf } from '../../src/contract/tables.ts';

const sql = `
CREATE FUNCTION reconcile(grace_ms double precision)
RETURNS jsonb LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH legacy_side AS (
    SELECT message_uuid, status, provider_message_id FROM sms_logs WHERE source = 'go'
  ), service_side AS (
    SELECT message_uuid, status, provider_message_id FROM go_sms_logs
  ), found AS (
    SELECT 'missing_in_go' AS kind, message_uuid, status AS legacy_value, NULL AS service_value
    FROM legacy_side WHERE message_uuid NOT IN (SELECT message_uuid FROM service_side)
    UNION ALL
    SELECT 'missing_in_laravel', message_uuid, NULL, status
    FROM service_side WHERE message_uuid NOT IN (SELECT message_uuid FROM legacy_side)
    UNION ALL
    SELECT 'status_mismatch', legacy.message_uuid, legacy.status, service.status
    FROM legacy_side AS legacy JOIN service_side AS service USING (message_uuid)
    WHERE legacy.status <> service.status
    UNION ALL
    SELECT 'provider_message_id_mismatch', legacy.message_uuid, legacy.provider_message_id, service.provider_message_id
    FROM legacy_side AS legacy JOIN service_side AS service USING (message_uuid)
    WHERE legacy.provider_message_id <> service.provider_message_id
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

/** The runbook's four rules, in SQL and as a twin. */
export const reconcileLiterally: Procedure<'reconcile'> = {
  sql,
  async twin(tx) {
    const legacySide = await tx.select('sms_logs', { source: 'go' });
    const serviceSide = await tx.select('go_sms_logs', {});
    const inGo = new Set(serviceSide.map((row) => row.message_uuid));
    const inLaravel = new Set(legacySide.map((row) => row.message_uuid));
    const found: Mismatch[] = [
      ...legacySide.filter((row) => !inGo.has(row.message_uuid)).map(missingInGo),
      ...serviceSide.filter((row) => !inLaravel.has(row.message_uuid)).map(missingInLaravel),
      ...legacySide.flatMap((legacy) =>
        serviceSide
          .filter((service) => service.message_uuid === legacy.message_uuid)
          .flatMap((service) => differences(legacy, service)),
      ),
    ];
    return found.toSorted((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
  },
};

function missingInGo(row: RowOf<'sms_logs'>): Mismatch {
  return { kind: 'missing_in_go', messageUuid: row.message_uuid, legacyValue: row.status, serviceValue: null };
}

function missingInLaravel(row: RowOf<'go_sms_logs'>): Mismatch {
  return { kind: 'missing_in_laravel', messageUuid: row.message_uuid, legacyValue: null, serviceValue: row.status };
}

function differences(legacy: RowOf<'sms_logs'>, service: RowOf<'go_sms_logs'>): Mismatch[] {
  const messageUuid = legacy.message_uuid;
  const found: Mismatch[] = [];
  if (legacy.status !== service.status) {
    found.push({ kind: 'status_mismatch', messageUuid, legacyValue: legacy.status, serviceValue: service.status });
  }
  const [legacyValue, serviceValue] = [legacy.provider_message_id, service.provider_message_id];
  if (legacyValue !== null && serviceValue !== null && legacyValue !== serviceValue) {
    found.push({ kind: 'provider_message_id_mismatch', messageUuid, legacyValue, serviceValue });
  }
  return found;
}

function sortKey({ messageUuid, kind }: Mismatch): string {
  return `${messageUuid} ${kind}`;
}
