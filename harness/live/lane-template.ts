// The template database from which every slot is cloned: roles with random passwords, the system's set-up, and the rig's audit.
import { randomBytes } from 'node:crypto';
import { type Client, DatabaseError, escapeIdentifier, type PoolClient } from 'pg';
import { type Role, ROLES } from '../../src/contract/message.ts';
import { SystemDescriptionError } from '../platform/errors.ts';
import type { SystemDescription } from '../formats/system-description.ts';
import { runDescribed } from './described-command.ts';
import { assertTables } from './described-tables.ts';
import { auditStatements } from './audit/install.ts';
import { readPrivileges } from './audit/read.ts';
import type { Guard } from './guard/guard.ts';
import { firstLine } from './named-parameters.ts';
import { withTemporaryGrants } from './temporary-grants.ts';
import { createTemplate } from './postgres/databases.ts';
import type { PostgresServer } from './postgres/server.ts';
import type { UntimedObservation } from './run-recorder.ts';

/** What a lane must know of its template. */
export interface LaneTemplate {
  /** The passwords of the database roles of both systems. */
  readonly passwords: Readonly<Record<Role, string>>;
  /** An event of every history: what the service's role is allowed to write. */
  readonly privileges: UntimedObservation;
}

/** The steps that make a template, in this order. */
export type TemplateStep = 'roles' | 'schema' | 'tables';

/** Which template to make. */
export interface TemplateRequest {
  readonly name: string;
  readonly description: SystemDescription;
  readonly guard: Guard;
  /** Wraps each step; it must call `work`. A caller can report by it how each step went. */
  readonly during?: (step: TemplateStep, work: () => Promise<void>) => Promise<void>;
}

/** Makes the template database `name`. Throws a SystemDescriptionError that quotes the failed statement or command of the description. */
export async function prepareTemplate(
  server: PostgresServer,
  { name: template, description, guard, during = (_, work) => work() }: TemplateRequest,
): Promise<LaneTemplate> {
  const passwords = { legacy: randomBytes(18).toString('hex'), service: randomBytes(18).toString('hex') };
  let privileges: UntimedObservation | undefined;
  await createTemplate(server, {
    name: template,
    async prepare(client) {
      const roles = Object.values(description.database.roles);
      await during('roles', async () => {
        assertTwoRoles(description);
        for (const role of ROLES) {
          const name = escapeIdentifier(description.database.roles[role]);
          await client.query(`CREATE ROLE ${name} LOGIN PASSWORD '${passwords[role]}'`);
        }
      });
      await during('schema', () =>
        withTemporaryGrants(client, roles, async () => {
          await runPreparation(server, { name: template, description, guard });
          for (const statement of description.database.setup) await runSetup(client, description, statement);
        }),
      );
      await during('tables', async () => {
        await assertTables(client, description);
        for (const statement of auditStatements(description)) await client.query(statement);
        privileges = await readPrivileges(client, description);
      });
    },
  });
  if (privileges === undefined) throw new Error('the template was not prepared');
  return { passwords, privileges };
}

function assertTwoRoles({ name, database: { roles } }: SystemDescription): void {
  if (roles.legacy !== roles.service) return;
  throw new SystemDescriptionError(
    `${name}: database.roles: expected two different roles, found '${roles.legacy}' for both: it would be unknown which system wrote a row`,
    { hint: 'give each system a role of its own, or leave `database.roles` out' },
  );
}

/** Runs the commands of `database.prepare`. They connect to the template as its owner. */
async function runPreparation(
  server: PostgresServer,
  { name, description, guard }: Omit<TemplateRequest, 'during'>,
): Promise<void> {
  const { prepare, roles } = description.database;
  const placeholders = { databaseUrl: server.url(name), legacyRole: roles.legacy, serviceRole: roles.service };
  for (const command of prepare) {
    const end = await runDescribed({ system: description.name, command, exitCodes: [0], guard, placeholders });
    if ('lines' in end) continue;
    throw new SystemDescriptionError(`${description.name}: database.prepare: ${end.failure}`, { details: end.last });
  }
}

async function runSetup(client: Client | PoolClient, description: SystemDescription, statement: string): Promise<void> {
  try {
    await client.query(statement);
  } catch (cause) {
    throw new SystemDescriptionError(
      `${description.name}: set-up statement failed: ${(cause as Error).message}: ${firstLine(statement)}`,
      { cause, ...(isUnknownRole(cause) ? { hint: ROLES_HINT } : {}) },
    );
  }
}

/** On a shared server a run gives the roles other names, which a set-up can write only as placeholders. */
const ROLES_HINT = 'name the roles in setup as ${legacyRole} and ${serviceRole}';

function isUnknownRole(cause: unknown): boolean {
  return cause instanceof DatabaseError && cause.code === '42704';
}
