// Who may do what in the database: the legacy app is the only writer of its tables, and the service reaches the authority only
// through procedures.
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

/** The privileges of both roles; what is not listed is refused by the database itself. */
export const GRANTS: readonly Privilege[] = [
  ...(Object.keys(TABLES) as TableName[]).map((table) => ({ role: TABLES[table].owner, table, privileges: ALL })),
  // Reconciliation compares the two logs and runs with the privileges of the legacy app.
  { role: 'legacy', table: 'go_sms_logs', privileges: ['SELECT'] },
  { role: 'service', table: 'provider_credentials', privileges: ['SELECT'] },
  ...(Object.keys(PROCEDURES) as ProcedureName[]).flatMap((procedure) =>
    PROCEDURES[procedure].map((role) => ({ role, procedure })),
  ),
];

/** SQL that takes every privilege from PUBLIC and then grants the given ones; role names are the placeholders of the migrations. */
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
