// A real PostgreSQL database as both systems of the pair see it: the migrations, procedures and grants, and a store for each role.
import { randomBytes, randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { cloneDatabase, createTemplate } from '../../harness/live/postgres/databases.ts';
import { type Share, takeShare } from '../../harness/live/shared-server.fixture.ts';
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

/** The stored procedures of a system by name. */
type Procedures = { readonly [P in ProcedureName]: Procedure<P> };

/** The procedures of the reference. */
export const PROCEDURES: Procedures = {
  sa_claim: saClaim,
  sa_begin_send: saBeginSend,
  sa_settle: saSettle,
  sa_surface: saSurface,
  reconcile: reconcileLogs,
};

/** One database of a pair. */
export interface PairDatabase {
  readonly stores: Readonly<Record<Role, PostgresStore>>;
  /** A connection of a superuser. */
  readonly admin: Client;
  /** The names of the roles on the server. */
  readonly logins: Readonly<Record<Role, string>>;
  /** The address of the database for one role. */
  url(role: Role): string;
  close(): Promise<void>;
}

/** A server that creates empty databases of a pair. */
export interface PairServer {
  /** Creates a database. `onNotice` is called with each notice that the server sends to one of the roles. */
  open(onNotice?: (text: string) => void): Promise<PairDatabase>;
  close(): Promise<void>;
}

/** Creates the template and the logins under names that no other suite has, on the shared server or on that of `given`. */
export async function startPairServer(procedures: Procedures = PROCEDURES, given?: Share): Promise<PairServer> {
  const share = given ?? (await takeShare());
  const { postgres: server, prefix } = share;
  const login: Login = {
    names: { legacy: `${prefix}legacy`, service: `${prefix}service` },
    password: randomBytes(18).toString('hex'),
  };
  const template = `${prefix}template`;
  await createTemplate(server, { name: template, prepare: (client) => migrate(client, { login, procedures }) });
  return {
    async open(onNotice = () => {}) {
      const name = `${prefix}${randomUUID().slice(0, 8)}`;
      await cloneDatabase(server, { template, name });
      const admin = new Client({ connectionString: server.url(name) });
      await admin.connect();
      const url = (role: Role): string => server.url(name, { name: login.names[role], password: login.password });
      const stores = {
        legacy: createPostgresStore({ url: url('legacy'), poolSize: 8, onNotice }),
        service: createPostgresStore({ url: url('service'), poolSize: 8, onNotice }),
      };
      const close = async (): Promise<void> => {
        await Promise.all([stores.legacy.close(), stores.service.close(), admin.end()]);
      };
      return { stores, admin, logins: login.names, url, close };
    },
    close: share.close,
  };
}

/** The login of each system; both have the same password. */
interface Login {
  readonly names: Readonly<Record<Role, string>>;
  readonly password: string;
}

async function migrate(
  client: Client,
  { login: { names, password }, procedures }: { login: Login; procedures: Procedures },
): Promise<void> {
  for (const name of Object.values(names)) await client.query(`CREATE ROLE ${name} LOGIN PASSWORD '${password}'`);
  const created = Object.values(procedures).map(({ sql }) => sql);
  for (const statement of [...MIGRATIONS, ...created, ...grantStatements(GRANTS)]) {
    await client.query(statement.replaceAll(':legacy_role', names.legacy).replaceAll(':service_role', names.service));
  }
}
