// Which role has which privileges, from the grants of a system. The owner of a table has all privileges on it, and the rig on all tables.
import type { ProcedureName } from '../../../src/contract/authority.ts';
import type { Role } from '../../../src/contract/message.ts';
import type { System } from '../../../src/contract/system.ts';
import { TABLES, type TableName } from '../../../src/contract/tables.ts';
import { SQL_STATES, StatementError } from './statement-error.ts';

/** The role that owns all procedures. They run with its privileges. */
export const PROCEDURE_OWNER: Role = 'legacy';

/** One privilege on a table. */
export type TablePrivilege = 'SELECT' | 'INSERT' | 'UPDATE' | 'DELETE';

/** The privileges of all roles. */
export class Privileges {
  readonly #tables = new Map<TableName, Map<Role, ReadonlySet<TablePrivilege>>>();
  readonly #procedures = new Set<string>();

  constructor(grants: System['grants']) {
    for (const grant of grants) {
      if ('procedure' in grant) this.#procedures.add(`${grant.role} ${grant.procedure}`);
      else this.#grant(grant.table, grant.role, grant.privileges);
    }
  }

  /** Throws a StatementError if the role lacks one of the privileges that a statement on the table needs. */
  assertTable(role: Role | undefined, table: TableName, needed: readonly TablePrivilege[]): void {
    if (role === undefined || TABLES[table].owner === role) return;
    const granted = this.#tables.get(table)?.get(role);
    for (const privilege of needed) {
      if (granted?.has(privilege) !== true) refuse(`${role} may not ${privilege} on ${table}`);
    }
  }

  /** Throws a StatementError if the role is not allowed to execute the procedure. */
  assertProcedure(role: Role | undefined, procedure: ProcedureName): void {
    if (role === undefined || role === PROCEDURE_OWNER || this.#procedures.has(`${role} ${procedure}`)) return;
    refuse(`${role} may not execute ${procedure}`);
  }

  #grant(table: TableName, role: Role, privileges: readonly TablePrivilege[]): void {
    const roles = this.#tables.get(table) ?? new Map<Role, ReadonlySet<TablePrivilege>>();
    this.#tables.set(table, roles);
    roles.set(role, new Set([...(roles.get(role) ?? []), ...privileges]));
  }
}

function refuse(message: string): never {
  throw new StatementError(SQL_STATES.privilege, message);
}
