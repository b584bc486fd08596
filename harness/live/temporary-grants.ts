// Grants for the set-up of a system on a server where the rig is no superuser, but a role that can only create databases and roles.
import { type Client, escapeIdentifier } from 'pg';

/**
 * Runs `work`, a system's set-up, with the right to make the system's roles the owners of tables and functions. A superuser has this right.
 * Any other role becomes a member of these roles, which are allowed to create objects in the schema `public` until `work` has ended.
 */
export async function withTemporaryGrants(
  client: Client,
  roles: readonly string[],
  work: () => Promise<void>,
): Promise<void> {
  const { rows } = await client.query<{ rolsuper: boolean }>(
    'SELECT rolsuper FROM pg_roles WHERE rolname = current_user',
  );
  if (rows[0]?.rolsuper === true) return work();
  const list = roles.map((role) => escapeIdentifier(role)).join(', ');
  await client.query(`GRANT ${list} TO CURRENT_USER`);
  await client.query(`GRANT CREATE ON SCHEMA public TO ${list}`);
  await work();
  await client.query(`REVOKE CREATE ON SCHEMA public FROM ${list}`);
}
