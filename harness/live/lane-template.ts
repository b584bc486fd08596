// The template database every slot is cloned from: roles with random passwords, the system's set-up, and the rig's audit.
import { randomBytes } from 'node:crypto';
import { type Client, DatabaseError, escapeIdentifier, type PoolClient } from 'pg';
import { type Role, ROLES } from '../../src/contract/message.ts';
import { SystemDescriptionError } from '../platform/errors.ts';
import type { SystemDescription } from '../formats/system-description.ts';
import { auditStatements } from './audit/install.ts';
import { readPrivileges } from './audit/read.ts';
import { withTemporaryGrants } from './temporary-grants.ts';
import { createTemplate } from './postgres/databases.ts';
import type { PostgresServer } from './postgres/server.ts';
import type { UntimedEvent } from './run-recorder.ts';

/** What a lane must know of its template. */
export interface LaneTemplate {
  readonly passwords: Readonly<Record<Role, string>>;
  readonly privileges: UntimedEvent;
}

/** Makes the template database `name` of a system. A statement that fails is the description's fault and is quoted. */
export async function prepareTemplate(
  server: PostgresServer,
  { name: template, description }: { name: string; description: SystemDescription },
): Promise<LaneTemplate> {
  const passwords = { legacy: randomBytes(18).toString('hex'), service: randomBytes(18).toString('hex') };
  let privileges: UntimedEvent | undefined;
  await createTemplate(server, {
    name: template,
    async prepare(client) {
      for (const role of ROLES) {
        const name = escapeIdentifier(description.database.roles[role]);
        await client.query(`CREATE ROLE ${name} LOGIN PASSWORD '${passwords[role]}'`);
      }
      await withTemporaryGrants(client, Object.values(description.database.roles), async () => {
        for (const statement of description.database.setup) await runSetup(client, description, statement);
      });
      for (const statement of auditStatements(description)) await client.query(statement);
      privileges = await readPrivileges(client, description);
    },
  });
  if (privileges === undefined) throw new Error('the template was not prepared');
  return { passwords, privileges };
}

async function runSetup(client: Client | PoolClient, description: SystemDescription, statement: string): Promise<void> {
  try {
    await client.query(statement);
  } catch (cause) {
    const text = statement.trim().split('\n')[0] ?? '';
    throw new SystemDescriptionError(
      `${description.name}: set-up statement failed: ${(cause as Error).message}: ${text}`,
      { cause, ...(isUnknownRole(cause) ? { hint: ROLES_HINT } : {}) },
    );
  }
}

/** A run on a shared server gives roles names of its own, which a set-up finds by their placeholders only. */
const ROLES_HINT = 'name the roles in setup as ${legacyRole} and ${serviceRole}';

function isUnknownRole(cause: unknown): boolean {
  return cause instanceof DatabaseError && cause.code === '42704';
}
