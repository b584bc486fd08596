// The live lane on external servers: two lanes at once, one of them without the rights of a superuser.
import { Client } from 'pg';
import { Toxiproxy } from 'toxiproxy-node-client';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { describeAssembly } from '../../harness/adapters/assembly.ts';
import { type LiveLane, openLiveLane } from '../../harness/live/lane.ts';
import { checkersOracle } from '../../harness/evidence/checkers-oracle.ts';
import { runCase } from '../../harness/runner/run-case.ts';
import { system as reference } from '../../src/reference.ts';
import { startExternalServers } from './external-servers.fixture.ts';
import { NETWORK_FAULT_SCENARIOS } from './network-faults.ts';

type Servers = Awaited<ReturnType<typeof startServers>>;
let servers: Servers;
beforeAll(async () => {
  servers = await startServers();
  vi.stubEnv('ONESEND_TOXIPROXY_URL', servers.proxyUrl);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await servers.close();
});

async function startServers() {
  const external = await startExternalServers();
  const { postgres, proxyUrl } = external;
  const client = new Client({ connectionString: postgres.url('postgres') });
  await client.connect();
  await client.query(`CREATE ROLE guest LOGIN CREATEDB CREATEROLE PASSWORD 'guest'`);
  return {
    superuserUrl: postgres.url('postgres'),
    guestUrl: postgres.url('postgres', { name: 'guest', password: 'guest' }),
    proxyUrl,
    client,
    async close() {
      await client.end();
      await external.close();
    },
  };
}

async function openLane(databaseUrl: string): Promise<LiveLane> {
  vi.stubEnv('ONESEND_POSTGRES_URL', databaseUrl);
  return openLiveLane({ description: describeAssembly(reference), slots: 2, infrastructure: 'external' });
}

async function runFaults(lane: LiveLane): Promise<void> {
  const scenarios = NETWORK_FAULT_SCENARIOS.filter(({ name }) => /latency upstream|reset downstream/.test(name));
  expect(scenarios).toHaveLength(2);
  await Promise.all(
    scenarios.map(async (scenario) =>
      expect(await runCase({ executor: lane, oracle: checkersOracle }, { scenario, deviations: [] })).toMatchObject({
        kind: 'judged',
        judgement: { findings: [], observerProblems: [], receipts: [{ state: 'bit' }] },
      }),
    ),
  );
}

/** The databases and roles on the server that have a name of the rig: `OWNER/database` or `role`. */
async function thingsLeft(): Promise<string[]> {
  const { rows } = await servers.client.query<{ name: string }>(
    `SELECT pg_get_userbyid(datdba) || '/database' AS name FROM pg_database WHERE datname LIKE 'onesend\\_%' UNION ALL
     SELECT 'role' FROM pg_roles WHERE rolname LIKE 'onesend\\_%' ORDER BY 1`,
  );
  return rows.map(({ name }) => name);
}

test('a lane of a superuser and a lane of a role that can only create databases and roles run at once, and leave nothing behind', async () => {
  // One after the other, because each reads its URL from the environment while it opens.
  const lanes = [await openLane(servers.superuserUrl), await openLane(servers.guestUrl)];
  const databases = ['guest/database', 'onesend/database'].flatMap((name) => [name, name, name]);
  expect(await thingsLeft()).toEqual([...databases, 'role', 'role', 'role', 'role']);
  try {
    await Promise.all(lanes.map(runFaults));
  } finally {
    await Promise.all(lanes.map((lane) => lane.close()));
  }
  expect(await thingsLeft()).toEqual([]);
  expect(await new Toxiproxy(servers.proxyUrl).getAll()).toEqual({});
});
