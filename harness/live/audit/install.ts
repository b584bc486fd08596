// The audit of a system's database: a trigger on each of its tables records which role changed which row, when and in which transaction.
import { escapeLiteral } from 'pg';
import type { SystemDescription } from '../../formats/system-description.ts';
import { namedTable } from '../table-names.ts';

/** The audit's table. Only the superuser may see it. */
export const AUDIT_TABLE = 'onesend_audit.events';

/** The name of the audit's trigger on each table. */
export const AUDIT_TRIGGER = 'onesend_audit';

// The table has no key and no index: it is written often, and read rarely and as a whole.
const OBJECTS = [
  'CREATE SCHEMA onesend_audit',
  'REVOKE ALL ON SCHEMA onesend_audit FROM PUBLIC',
  `CREATE TABLE ${AUDIT_TABLE} (
    seq bigint GENERATED ALWAYS AS IDENTITY,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    transaction xid8 NOT NULL DEFAULT pg_current_xact_id(),
    role text NOT NULL DEFAULT session_user,
    table_name text NOT NULL,
    operation text NOT NULL,
    before jsonb,
    after jsonb
  )`,
  // The function runs as its owner, because the writer must have no access to the audit. The role comes from session_user, which is the
  // writer's even then, and even inside a procedure of the system that runs as the procedure's owner.
  `CREATE FUNCTION onesend_audit.record() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' AS $$
  BEGIN
    INSERT INTO ${AUDIT_TABLE} (table_name, operation, before, after) VALUES (
      TG_ARGV[0],
      lower(TG_OP),
      CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END,
      CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END
    );
    RETURN NULL;
  END $$`,
  'REVOKE ALL ON FUNCTION onesend_audit.record() FROM PUBLIC',
];

/**
 * The statements, for a superuser, that put every table of the description under audit. The audit does not record a TRUNCATE, by which a
 * system can be reset.
 */
export function auditStatements(description: SystemDescription): string[] {
  const triggers = Object.keys(description.database.tables).flatMap((canonical) => {
    const table = namedTable(description, canonical).sql;
    return [
      `CREATE TRIGGER ${AUDIT_TRIGGER} AFTER INSERT OR UPDATE OR DELETE ON ${table}
        FOR EACH ROW EXECUTE FUNCTION onesend_audit.record(${escapeLiteral(canonical)})`,
      // ALWAYS includes sessions that pretend to be a replica.
      `ALTER TABLE ${table} ENABLE ALWAYS TRIGGER ${AUDIT_TRIGGER}`,
    ];
  });
  return [...OBJECTS, ...triggers];
}
