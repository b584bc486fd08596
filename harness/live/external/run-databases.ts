// The databases and roles of runs on a PostgreSQL server that outlives them. A run removes its own, and those of runs that died.
import { Client, escapeIdentifier } from 'pg';
import { InfrastructureError } from '../../platform/errors.ts';
import { messageOf } from '../../platform/thrown.ts';
import { asSuperuser } from '../postgres/databases.ts';
import type { PostgresServer } from '../postgres/server.ts';
import { type RunPrefix, runPrefixOf } from './run-prefix.ts';

/** The first half of the keys of all runs' locks, which separates them from the locks of others. */
const LOCK_CLASS = 0x6f6e_6573;

/** Databases and roles, by their names. */
interface Belongings {
  readonly databases: readonly string[];
  readonly roles: readonly string[];
}

/** Marks the run as alive until this process ends or calls `release`. */
export async function holdRunLock(
  server: PostgresServer,
  { lockKey }: RunPrefix,
): Promise<{ release(): Promise<void> }> {
  const client = new Client({ connectionString: server.url('postgres'), application_name: 'onesend run' });
  client.on('error', () => undefined);
  await client.connect();
  await client.query({ text: 'SELECT pg_advisory_lock($1, $2)', values: [LOCK_CLASS, lockKey] });
  return { release: () => client.end() };
}

/** Removes all that the run has made. Throws an InfrastructureError that names what could not be removed. */
export async function removeRun(server: PostgresServer, prefix: RunPrefix): Promise<void> {
  await asSuperuser(server, 'postgres', async (client) => {
    const own = await listBelongings(client, (name) => name.startsWith(prefix.text));
    const left = await remove(client, own, { force: true });
    if (left.length === 0) return;
    throw new InfrastructureError(`expected to leave nothing on the PostgreSQL server, left: ${left.join('; ')}`, {
      hint: 'Drop these by hand, or start once more: a run removes what dead ones left.',
    });
  });
}

/**
 * Removes what dead runs have left. A run is dead when no session holds its lock. A database with a connection stays even then. Returns the
 * names of what was removed.
 */
export async function removeDeadRuns(server: PostgresServer): Promise<string[]> {
  const gone: string[] = [];
  await asSuperuser(server, 'postgres', async (client) => {
    // The names are read before the locks: a run that begins in between takes its lock before it makes anything.
    const candidates = await listBelongings(client, (name) => runPrefixOf(name) !== undefined);
    const alive = await liveKeys(client);
    const isDead = (name: string): boolean => !alive.has(runPrefixOf(name)?.lockKey ?? -1);
    const dead = { databases: candidates.databases.filter(isDead), roles: candidates.roles.filter(isDead) };
    const left = await remove(client, dead, { force: false });
    const names = [...dead.databases, ...dead.roles];
    gone.push(...names.filter((name) => !left.some((line) => line.startsWith(`${name}: `))));
  });
  return gone;
}

async function listBelongings(client: Client, isWanted: (name: string) => boolean): Promise<Belongings> {
  const read = async (text: string): Promise<string[]> => {
    const { rows } = await client.query<{ name: string }>(text);
    return rows.map(({ name }) => name).filter(isWanted);
  };
  return {
    databases: await read(`SELECT datname AS name FROM pg_database WHERE datname LIKE 'onesend\\_%' ORDER BY 1`),
    roles: await read(`SELECT rolname AS name FROM pg_roles WHERE rolname LIKE 'onesend\\_%' ORDER BY 1`),
  };
}

async function liveKeys(client: Client): Promise<Set<number>> {
  const { rows } = await client.query<{ key: number }>({
    text: `SELECT objid::bigint::int AS key FROM pg_locks WHERE locktype = 'advisory' AND classid::bigint = $1 AND objsubid = 2`,
    values: [LOCK_CLASS],
  });
  return new Set(rows.map(({ key }) => key));
}

/** Removes databases, and then roles, which can own objects or have privileges in them. Returns one line for each that stays. */
async function remove(
  client: Client,
  { databases, roles }: Belongings,
  options: { force: boolean },
): Promise<string[]> {
  const left: string[] = [];
  const attempt = async (name: string, statements: readonly string[]): Promise<void> => {
    try {
      for (const statement of statements) await client.query(statement);
    } catch (error) {
      left.push(`${name}: ${messageOf(error)}`);
    }
  };
  for (const name of databases) {
    const quoted = escapeIdentifier(name);
    // PostgreSQL does not drop a template.
    const unprotect = `ALTER DATABASE ${quoted} WITH IS_TEMPLATE false`;
    await attempt(name, [unprotect, `DROP DATABASE IF EXISTS ${quoted}${options.force ? ' WITH (FORCE)' : ''}`]);
  }
  for (const name of roles) await attempt(name, [`DROP ROLE IF EXISTS ${escapeIdentifier(name)}`]);
  return left;
}
