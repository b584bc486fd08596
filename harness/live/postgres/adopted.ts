// A PostgreSQL server that the rig did not start: reached by its URL, and checked before anything is created on it.
import { Client } from 'pg';
import { InfrastructureError } from '../../platform/errors.ts';
import type { PostgresServer } from './server.ts';

/** The first version with transaction ids that never repeat, by which the audit orders commits. */
const OLDEST_VERSION_NUMBER = 130_000;
const CONNECT_MS_MAX = 10_000;

/** What the server must serve. */
export interface AdoptOptions {
  readonly slots: number;
  readonly maxConnections: number;
}

/** What the server reports of itself, and of the role that the rig has there. */
export interface ServerFacts {
  readonly role: string;
  readonly version: string;
  readonly number: number;
  readonly stamps: string;
  readonly connections: number;
  readonly may_make: boolean;
}

const FACTS = `
  SELECT current_user AS role, current_setting('server_version') AS version, current_setting('server_version_num')::int AS number,
    current_setting('track_commit_timestamp') AS stamps,
    current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
      - (SELECT count(*)::int FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()) AS connections,
    rolsuper OR (rolcreatedb AND rolcreaterole) AS may_make
  FROM pg_roles WHERE rolname = current_user`;

/** Connects to the server at `url` and checks it. Throws an InfrastructureError that says what is missing, without the URL's password. */
export async function adoptPostgres(url: string, options: AdoptOptions): Promise<PostgresServer> {
  const address = new URL(url);
  const facts = await readFacts(address);
  assertUsable(facts, address.host, options);
  return {
    host: address.hostname,
    port: Number(address.port || '5432'),
    superuser: facts.role,
    version: facts.version.split(' ')[0] ?? facts.version,
    isOwn: false,
    url(database, role) {
      const target = new URL(address);
      target.pathname = `/${encodeURIComponent(database)}`;
      if (role === undefined) return target.href;
      target.username = encodeURIComponent(role.name);
      target.password = encodeURIComponent(role.password);
      return target.href;
    },
    close: () => Promise.resolve(),
  };
}

async function readFacts(address: URL): Promise<ServerFacts> {
  const client = new Client({ connectionString: address.href, connectionTimeoutMillis: CONNECT_MS_MAX });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<ServerFacts>(FACTS);
    const [facts] = rows;
    if (facts !== undefined) return facts;
    throw new Error('its role is not among its roles');
  } catch (cause) {
    throw new InfrastructureError(`expected a PostgreSQL server at ${address.host}, received: ${reason(cause)}`, {
      hint: 'Check ONESEND_POSTGRES_URL, or use --infra embedded.',
      cause,
    });
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Throws an InfrastructureError of one line, with a hint, when the rig cannot work on a server with these facts. */
export function assertUsable(facts: ServerFacts, host: string, { slots, maxConnections }: AdoptOptions): void {
  const refuse = (received: string, hint: string): never => {
    throw new InfrastructureError(`the PostgreSQL server at ${host} ${received}`, { hint });
  };
  if (facts.number < OLDEST_VERSION_NUMBER)
    refuse(`is version ${facts.version}, expected 13 or later`, 'Use a newer one.');
  if (facts.stamps !== 'on') {
    refuse(
      'has track_commit_timestamp = off, so nothing could order its commits',
      'Set it to on and restart the server.',
    );
  }
  if (!facts.may_make) {
    refuse(
      `does not allow ${facts.role} to create databases and roles`,
      `Run ALTER ROLE ${facts.role} CREATEDB CREATEROLE.`,
    );
  }
  if (facts.connections < maxConnections) {
    const possible = Math.floor((slots * facts.connections) / maxConnections);
    const fewer = possible > 0 ? `Ask for fewer slots (--slots ${possible}), or raise` : 'Raise';
    refuse(
      `has ${facts.connections} connections to spare, expected ${maxConnections} for ${slots} slots`,
      `${fewer} its max_connections.`,
    );
  }
}

/** The message of an error. A refused connection to a name with several addresses has its messages in `errors`. */
function reason(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  if (thrown instanceof AggregateError) return thrown.errors.map(reason).join('; ');
  return thrown.message;
}
