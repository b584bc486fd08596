// The privileges of both roles in the database: only the legacy app writes its tables, and the service uses the authority only through
// stored procedures.
import { ROLES } from '../contract/message.ts';
import type { ProcedureName } from '../contract/authority.ts';
import type { Privilege } from '../contract/system.ts';
import { TABLES, type TableName } from '../contract/tables.ts';

type TablePrivileges = Extract<Privilege, { table: TableName }>['privileges'];

const ALL: TablePrivileges = ['SELECT', 'INSERT', 'UPDATE', 'DELETE'];

const PROCEDURES: { readonly [P in ProcedureName]: readonly Privilege['role'][] } = {
  sa_claim: ROLES,
  sa_begin_send: ROLES,
  sa_settle: ROLES,
  sa_surface: ['legacy'],
  reconcile: ['legacy'],
};

/** The privileges of both roles. The database refuses everything that is not listed. */
export const GRANTS: readonly Privilege[] = [
  ...(Object.keys(TABLES) as TableName[]).map((table) => ({ role: TABLES[table].owner, table, privileges: ALL })),
  // Reconciliation compares the two logs and runs with the privileges of the legacy app.
  { role: 'legacy', table: 'go_sms_logs', privileges: ['SELECT'] },
  { role: 'service', table: 'provider_credentials', privileges: ['SELECT'] },
  ...(Object.keys(PROCEDURES) as ProcedureName[]).flatMap((procedure) =>
    PROCEDURES[procedure].map((role) => ({ role, procedure })),
  ),
];

/** SQL that revokes every privilege from PUBLIC, then grants `grants`. Roles are placeholders, as in the migrations: :legacy_role. */
export function grantStatements(grants: readonly Privilege[]): string[] {
  const revoked = [
    ...Object.keys(TABLES).map((table) => `REVOKE ALL ON TABLE ${table} FROM PUBLIC`),
    ...Object.keys(PROCEDURES).map((procedure) => `REVOKE ALL ON FUNCTION ${procedure} FROM PUBLIC`),
  ];
  return [...revoked, ...grants.map(grantStatement)];
}

function grantStatement(grant: Privilege): string {
  const role = `:${grant.role}_role`;
  return 'procedure' in grant
    ? `GRANT EXECUTE ON FUNCTION ${grant.procedure} TO ${role}`
    : `GRANT ${grant.privileges.join(', ')} ON TABLE ${grant.table} TO ${role}`;
}
