// What a superuser may do anyway, and a role that merely makes databases and roles must be granted while it sets a system up.
import { type Client, escapeIdentifier } from 'pg';

/**
 * Runs `work`, a system's set-up, so that it may hand tables and functions over to the system's roles. For a superuser nothing changes;
 * any other role becomes a member of these roles, which may make things in the schema `public` until the set-up has ended.
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
