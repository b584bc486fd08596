// A real Postgres database as both systems of the pair see it: the migrations, procedures and grants, and a store for either role.
import { randomBytes, randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { type Guard, startGuard } from '../../harness/live/guard/guard.ts';
import { createRunDirectory } from '../../harness/live/guard/run-directory.ts';
import { cloneDatabase, createTemplate } from '../../harness/live/postgres/databases.ts';
import { startEmbeddedPostgres } from '../../harness/live/postgres/embedded.ts';
import { saBeginSend } from '../../src/authority/procedures/sa-begin-send.ts';
import { saClaim } from '../../src/authority/procedures/sa-claim.ts';
import { saSettle } from '../../src/authority/procedures/sa-settle.ts';
import { saSurface } from '../../src/authority/procedures/sa-surface.ts';
import type { ProcedureName } from '../../src/contract/authority.ts';
import type { Role } from '../../src/contract/message.ts';
import type { Procedure } from '../../src/contract/system.ts';
import { reconcileLogs } from '../../src/reconcile/procedures/reconcile.ts';
import { GRANTS, grantStatements } from '../../src/store/grants.ts';
import { createPostgresStore, type PostgresStore } from '../../src/store/postgres.ts';
import { MIGRATIONS } from '../../src/store/schema.ts';

/** All stored procedures by name. */
export const PROCEDURES: { readonly [P in ProcedureName]: Procedure<P> } = {
  sa_claim: saClaim,
  sa_begin_send: saBeginSend,
  sa_settle: saSettle,
  sa_surface: saSurface,
  reconcile: reconcileLogs,
};

/** One database of the pair. */
export interface PairDatabase {
  readonly stores: Readonly<Record<Role, PostgresStore>>;
  /** A connection of a superuser. */
  readonly admin: Client;
  /** The address of the database for one role. */
  url(role: Role): string;
  close(): Promise<void>;
}

/** A server that makes databases of the pair, each empty. */
export interface PairServer {
  open(): Promise<PairDatabase>;
  close(): Promise<void>;
}

const TEMPLATE = 'pair_template';
const LOGINS: Readonly<Record<Role, string>> = { legacy: 'conformance_legacy', service: 'conformance_service' };

/** Starts a server of its own, which ends with this process at the latest. */
export async function startPairServer(): Promise<PairServer> {
  const guard: Guard = await startGuard();
  const directory = await createRunDirectory(guard);
  const server = await startEmbeddedPostgres({ guard, directory, maxConnections: 80 });
  const password = randomBytes(18).toString('hex');
  await createTemplate(server, { name: TEMPLATE, prepare: (client) => migrate(client, password) });
  return {
    async open() {
      const name = `pair_${randomUUID().slice(0, 8)}`;
      await cloneDatabase(server, { template: TEMPLATE, name });
      const admin = new Client({ connectionString: server.url(name) });
      await admin.connect();
      const url = (role: Role): string => server.url(name, { name: LOGINS[role], password });
      const stores = {
        legacy: createPostgresStore({ url: url('legacy'), poolSize: 8 }),
        service: createPostgresStore({ url: url('service'), poolSize: 8 }),
      };
      const close = async (): Promise<void> => {
        await Promise.all([stores.legacy.close(), stores.service.close(), admin.end()]);
      };
      return { stores, admin, url, close };
    },
    async close() {
      await server.close();
      await guard.close();
    },
  };
}

async function migrate(client: Client, password: string): Promise<void> {
  for (const login of Object.values(LOGINS)) await client.query(`CREATE ROLE ${login} LOGIN PASSWORD '${password}'`);
  const procedures = Object.values(PROCEDURES).map((procedure) => procedure.sql);
  for (const statement of [...MIGRATIONS, ...procedures, ...grantStatements(GRANTS)]) {
    await client.query(statement.replaceAll(':legacy_role', LOGINS.legacy).replaceAll(':service_role', LOGINS.service));
  }
}
