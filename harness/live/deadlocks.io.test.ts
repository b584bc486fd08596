// Tests the statements of a description beside a process of the pair that locks the same tables in another order.
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { runStatements } from './named-parameters.ts';
import { sharedServer } from './shared-server.fixture.ts';

const LOCK_BOTH = `DO $$ BEGIN
  INSERT INTO deadlocks_done VALUES (1);
  LOCK deadlocks_one;
  PERFORM pg_advisory_xact_lock_shared(20251);
  LOCK deadlocks_other;
END $$`;

let rig: Client;
let pair: Client;
let third: Client;
beforeAll(async () => {
  const connect = async () => {
    const client = new Client({ connectionString: sharedServer().url('postgres') });
    await client.connect();
    return client;
  };
  [rig, pair, third] = await Promise.all([connect(), connect(), connect()]);
  await third.query(
    'CREATE TABLE deadlocks_one (); CREATE TABLE deadlocks_other (); CREATE TABLE deadlocks_done (n int)',
  );
  // PostgreSQL ends the session that looks for a deadlock first.
  await rig.query("SET deadlock_timeout = '10ms'");
  await pair.query("SET deadlock_timeout = '1h'");
});
afterAll(async () => {
  await third.query('DROP TABLE deadlocks_one, deadlocks_other, deadlocks_done');
  await Promise.all([rig, pair, third].map((client) => client.end()));
});

async function pidOf(client: Client): Promise<unknown> {
  return (await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')).rows[0]?.pid;
}

async function untilWaiting(pid: unknown): Promise<void> {
  await vi.waitUntil(
    async () => {
      const { rows } = await third.query("SELECT FROM pg_stat_activity WHERE pid = $1 AND wait_event_type = 'Lock'", [
        pid,
      ]);
      return rows.length === 1;
    },
    { timeout: 60_000 },
  );
}

test('a statement that PostgreSQL ends to resolve a deadlock is run again, and takes effect once', async () => {
  const [rigPid, pairPid] = [await pidOf(rig), await pidOf(pair)];
  const query = vi.spyOn(rig, 'query');
  await third.query('SELECT pg_advisory_lock(20251)');
  await pair.query('BEGIN; LOCK deadlocks_other');
  const ran = runStatements(rig, [LOCK_BOTH]);
  await untilWaiting(rigPid);
  const locked = pair.query('LOCK deadlocks_one');
  await untilWaiting(pairPid);
  await third.query('SELECT pg_advisory_unlock(20251)');
  await locked;
  await pair.query('COMMIT');
  await ran;
  expect(query.mock.calls.length).toBeGreaterThan(1);
  expect((await third.query('SELECT FROM deadlocks_done')).rows).toHaveLength(1);
});
