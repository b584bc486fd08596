// External servers: the test starts an embedded PostgreSQL and a fault proxy, and the rig uses them as external servers.
import { Client } from 'pg';
import { Toxiproxy } from 'toxiproxy-node-client';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { FaultProxy } from '../fault-proxy/server.ts';
import { startFaultProxyThread } from '../fault-proxy/threaded.ts';
import { type Guard, startGuard } from '../guard/guard.ts';
import { createRunDirectory } from '../guard/run-directory.ts';
import type { Infrastructure } from '../infrastructure.ts';
import { cloneDatabase, createTemplate } from '../postgres/databases.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../postgres/embedded.ts';
import { openExternalInfrastructure } from './infrastructure.ts';
import { newRunPrefix } from './run-prefix.ts';

let guard: Guard;
let directory: string;
let server: EmbeddedPostgres;
let proxy: FaultProxy;
let progress: string[] = [];

beforeAll(async () => {
  guard = await startGuard();
  directory = await createRunDirectory(guard);
  [server, proxy] = await Promise.all([
    startEmbeddedPostgres({ guard, directory, maxConnections: 60 }),
    startFaultProxyThread({}),
  ]);
});
afterAll(async () => {
  await Promise.all([server.close(), proxy.close()]);
  await guard.close();
});
beforeEach(() => {
  progress = [];
});

function visit(environment: NodeJS.ProcessEnv = {}, maxConnections = 20): Promise<Infrastructure> {
  return openExternalInfrastructure(
    { guard, directory, slots: 1, maxConnections, onProgress: (line) => progress.push(line) },
    { ONESEND_POSTGRES_URL: server.url('postgres'), ONESEND_TOXIPROXY_URL: proxy.url, ...environment },
  );
}

/** Makes what a lane makes: a template, a slot's database, a role and a proxy. */
async function makeThings({ postgres, names, proxies }: Pick<Infrastructure, 'postgres' | 'names' | 'proxies'>) {
  await createTemplate(postgres, {
    name: names.template,
    prepare: async (client) => void (await client.query(`CREATE ROLE ${names.role('app')} LOGIN`)),
  });
  await cloneDatabase(postgres, { template: names.template, name: names.slot(1) });
  const upstream = `${proxies.upstreamHost}:9`;
  await new Toxiproxy(proxies.apiUrl).createProxy({
    name: names.proxy(1),
    listen: await proxies.listenAddress(1),
    upstream,
  });
}

/** The names of everything on the servers that a rig made. */
async function thingsLeft(): Promise<string[]> {
  const client = new Client({ connectionString: server.url('postgres') });
  await client.connect();
  const { rows } = await client.query<{ name: string }>(
    `SELECT datname AS name FROM pg_database UNION ALL SELECT rolname FROM pg_roles`,
  );
  await client.end();
  const all = [...rows.map(({ name }) => name), ...Object.keys(await new Toxiproxy(proxy.url).getAll())];
  return all.filter((name) => name.startsWith('onesend_'));
}

describe('a run on external servers', () => {
  test('a run on external servers leaves no database, no role and no proxy behind', async () => {
    const infrastructure = await visit();
    await makeThings(infrastructure);
    expect(await thingsLeft()).toHaveLength(4);
    await infrastructure.close();
    expect(await thingsLeft()).toEqual([]);
  });

  test('a run on external servers removes everything of its own, even a database in use, and nothing else', async () => {
    const [first, second] = await Promise.all([visit(), visit()]);
    await Promise.all([makeThings(first), makeThings(second)]);
    const user = new Client({ connectionString: server.url(first.names.slot(1)) });
    user.on('error', () => undefined);
    await user.connect();
    await first.close();
    const prefix = second.names.template.replace(/template$/, '');
    expect((await thingsLeft()).filter((name) => !name.startsWith(prefix))).toEqual([]);
    expect(await thingsLeft()).toHaveLength(4);
    await second.close();
    expect(await thingsLeft()).toEqual([]);
  });

  test('a run on external servers removes what a dead run has left, and keeps what a living run has', async () => {
    const living = await visit();
    await makeThings(living);
    const { text } = newRunPrefix();
    // No session holds this run's lock, as after a run that was killed.
    await makeThings({
      ...living,
      names: {
        template: `${text}template`,
        slot: () => `${text}slot_1`,
        role: () => `${text}app`,
        proxy: () => `${text}slot_1`,
      },
    });
    const next = await visit();
    const left = await thingsLeft();
    expect(left.filter((name) => name.startsWith(text))).toEqual([]);
    expect(left).toHaveLength(4);
    expect(progress.join()).toContain(`${text}template`);
    await Promise.all([next.close(), living.close()]);
    expect(await thingsLeft()).toEqual([]);
  });

  test('a run on external servers reports a server with too few connections for its slots', async () => {
    await expect(visit({}, 1_000)).rejects.toMatchObject({
      code: 'ONESEND_INFRASTRUCTURE',
      message: expect.stringMatching(/has \d+ connections to spare, expected 1000 for 1 slots/),
    });
  });

  test('a run on external servers reports a proxy server that does not answer', async () => {
    await expect(visit({ ONESEND_TOXIPROXY_URL: 'http://127.0.0.1:1' })).rejects.toMatchObject({
      code: 'ONESEND_INFRASTRUCTURE',
      message: expect.stringMatching(/^expected a Toxiproxy server at http:\/\/127\.0\.0\.1:1, received: .+/),
    });
  });

  test('a run on external servers makes proxies listen on the configured ports and hosts', async () => {
    const { proxies, close } = await visit({
      ONESEND_TOXIPROXY_PORTS: '19000-19003',
      ONESEND_TOXIPROXY_HOST: 'proxy.test',
      ONESEND_TOXIPROXY_LISTEN_HOST: '0.0.0.0',
      ONESEND_BACK_TAP_HOST: '127.0.0.2',
      ONESEND_UPSTREAM_HOST: 'rig.test',
    });
    expect([proxies.listenAddress(1), proxies.listenAddress(4)]).toEqual(['0.0.0.0:19000', '0.0.0.0:19003']);
    expect(proxies.reach('[::]:19003')).toEqual({ host: 'proxy.test', port: 19_003 });
    expect([proxies.backTapHost, proxies.upstreamHost]).toEqual(['127.0.0.2', 'rig.test']);
    await close();
  });
});
