// The PostgreSQL store on a real PostgreSQL: what its methods do, how its transactions end, and what each role is not allowed to do.
import { createServer, connect, type Server } from 'node:net';
import { EventEmitter, once } from 'node:events';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  anyOf,
  atLeast,
  databaseTime,
  increment,
  olderThan,
  type Outcome,
  type Transaction,
  type Where,
} from '../../src/contract/store.ts';
import { createPostgresStore, type PostgresStore } from '../../src/store/postgres.ts';
import { type PairDatabase, type PairServer, startPairServer } from './pair-database.fixture.ts';

let server: PairServer;
let database: PairDatabase;
let store: PostgresStore;
beforeAll(async () => {
  server = await startPairServer();
  database = await server.open();
  store = database.stores.legacy;
});
afterAll(async () => {
  await database.close();
  await server.close();
});
beforeEach(() =>
  database.admin.query('TRUNCATE feature_flags, campaign_sms, quota_accounts, send_authority, sms_logs'),
);

async function commit<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
  const outcome = await store.transaction(work);
  if (outcome.kind !== 'committed') throw new Error(`expected a commit, received ${JSON.stringify(outcome)}`);
  return outcome.value;
}

async function idsOf(where: Where<'campaign_sms'>): Promise<number[]> {
  return (await commit((tx) => tx.select('campaign_sms', where))).map(({ id }) => id);
}

function asService(work: (tx: Transaction) => Promise<unknown>): Promise<Outcome<unknown>> {
  return database.stores.service.transaction(work);
}

async function modeUnder(options: { durable?: boolean }): Promise<unknown> {
  const outcome = await store.transaction((tx) => tx.insert('feature_flags', flag(1)), options);
  await commit((tx) => tx.remove('feature_flags', {}));
  return outcome.kind === 'committed' && outcome.value?.mode;
}

/** Ends every session of the database except that of the superuser. */
async function endSessions(): Promise<void> {
  await database.admin.query(
    `SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
     WHERE datname = current_database() AND pid <> pg_backend_pid()`,
  );
  // The pool must notice that its connections are closed.
  await new Promise((done) => setTimeout(done, 50));
}

const item = { id: 1, tenant_id: 7, campaign_id: 70, phone: '+1', body: 'hello', provider: 'p' };
const flag = (tenantId: number, mode = 'ON') => ({ tenant_id: tenantId, feature_name: 'f', mode });

describe('rows', () => {
  test('rows come back with the defaults of the database, numbers as numbers and absent values as null', async () => {
    const expected = { ...item, message_uuid: null, mode: null, epoch: null, settled: false };
    expect(await commit((tx) => tx.insert('campaign_sms', item))).toEqual(expected);
    expect(await commit((tx) => tx.select('campaign_sms', { id: 1 }))).toEqual([expected]);
  });

  test('rows come back with times in ISO 8601 and all their microseconds', async () => {
    await database.admin.query(
      `INSERT INTO sms_logs (message_uuid, tenant_id, source, status, created_at) VALUES
       ('u1', 1, 'go', 'accepted', '2026-03-04 05:06:07.123400+02'), ('u2', 1, 'go', 'accepted', '2026-03-04 05:06:07Z')`,
    );
    const rows = await commit((tx) => tx.select('sms_logs', {}));
    expect(rows.map((row) => row.created_at)).toEqual(['2026-03-04T03:06:07.123400Z', '2026-03-04T05:06:07.000000Z']);
    const [found] = await commit((tx) => tx.select('sms_logs', { created_at: rows[0]?.created_at ?? '' }));
    expect(found?.message_uuid).toBe('u1');
  });

  test('rows are found by every kind of condition', async () => {
    for (const [id, uuid] of [
      [1, 'u1'],
      [2, 'u2'],
      [3, null],
    ] as const) {
      await commit((tx) => tx.insert('campaign_sms', { ...item, id, message_uuid: uuid }));
    }
    expect(await idsOf({})).toEqual([1, 2, 3]);
    expect(await idsOf({ message_uuid: 'u2' })).toEqual([2]);
    expect(await idsOf({ message_uuid: null })).toEqual([3]);
    expect(await idsOf({ id: atLeast(2) })).toEqual([2, 3]);
    expect(await idsOf({ id: anyOf([1, 3]) })).toEqual([1, 3]);
    expect(await idsOf({ id: anyOf([]) })).toEqual([]);
    expect(await idsOf({ message_uuid: anyOf(['u1', null]) })).toEqual([1, 3]);
    expect(await idsOf({ settled: false, id: atLeast(3) })).toEqual([3]);
    expect(await idsOf({ settled: true })).toEqual([]);
  });

  test('rows are compared with the clock of the database', async () => {
    await commit((tx) => tx.insert('sms_logs', { message_uuid: 'u1', tenant_id: 1, source: 'go', status: 'accepted' }));
    expect(await commit((tx) => tx.select('sms_logs', { created_at: olderThan(60_000) }))).toEqual([]);
    const changes = { created_at: databaseTime(-120_000) };
    expect(await commit((tx) => tx.update('sms_logs', { message_uuid: 'u1' }, changes))).toHaveLength(1);
    expect(await commit((tx) => tx.select('sms_logs', { created_at: olderThan(60_000) }))).toHaveLength(1);
  });

  test('rows are changed in the database, and returned as they are after the change', async () => {
    await commit((tx) => tx.insert('quota_accounts', { tenant_id: 1, units: 5 }));
    const changed = await commit((tx) =>
      tx.update('quota_accounts', { tenant_id: 1, units: atLeast(1) }, { units: increment(-1) }),
    );
    expect(changed).toEqual([{ tenant_id: 1, units: 4 }]);
    const absent = await commit((tx) =>
      tx.update('quota_accounts', { tenant_id: 1, units: atLeast(5) }, { units: increment(-1) }),
    );
    expect(absent).toEqual([]);
  });

  test('rows are removed and counted', async () => {
    await commit((tx) => tx.insert('feature_flags', flag(1)));
    expect(await commit((tx) => tx.remove('feature_flags', { tenant_id: anyOf([1, 2]) }))).toBe(1);
  });

  test('rows that exist are not changed by an insert that ignores conflicts', async () => {
    await commit((tx) => tx.insert('feature_flags', flag(1)));
    const again = commit((tx) => tx.insert('feature_flags', flag(1, 'OFF'), { onConflict: 'ignore' }));
    expect(await again).toBeUndefined();
    expect(await commit((tx) => tx.select('feature_flags', {}))).toEqual([{ ...flag(1), epoch: 1 }]);
  });
});

describe('a transaction', () => {
  test('a transaction is rolled back with the SQL state of the statement that failed', async () => {
    await commit((tx) => tx.insert('feature_flags', flag(1)));
    const outcome = await store.transaction(async (tx) => {
      await tx.insert('feature_flags', flag(2));
      await tx.insert('feature_flags', flag(1));
    });
    expect(outcome).toEqual({ kind: 'rolled-back', sqlState: '23505' });
    expect(await commit((tx) => tx.select('feature_flags', {}))).toHaveLength(1);
  });

  test('a transaction is rolled back even when its work swallowed the error', async () => {
    await commit((tx) => tx.insert('feature_flags', flag(1)));
    const outcome = await store.transaction(async (tx) => {
      await tx.insert('feature_flags', flag(2));
      await tx.insert('feature_flags', flag(1)).catch(() => undefined);
      return tx.select('feature_flags', {}).catch(() => 'swallowed');
    });
    expect(outcome).toEqual({ kind: 'rolled-back', sqlState: '23505' });
    expect(await commit((tx) => tx.select('feature_flags', {}))).toHaveLength(1);
  });

  test('a transaction is rolled back and rethrows the error of its work', async () => {
    const work = store.transaction(async (tx) => {
      await tx.insert('feature_flags', flag(1));
      throw new RangeError('not the database');
    });
    await expect(work).rejects.toThrow(new RangeError('not the database'));
    expect(await commit((tx) => tx.select('feature_flags', {}))).toEqual([]);
  });

  test('a transaction commits statements that its work did not wait for, and refuses statements after its end', async () => {
    let late: Transaction | undefined;
    await commit(async (tx) => {
      late = tx;
      void tx.insert('feature_flags', flag(1));
      await Promise.all([tx.insert('feature_flags', flag(2)), tx.insert('feature_flags', flag(3))]);
    });
    expect(await commit((tx) => tx.select('feature_flags', {}))).toHaveLength(3);
    await expect(late?.select('feature_flags', {})).rejects.toThrow('ended');
  });

  test('a transaction waits for a row that another one holds, and then checks its condition again', async () => {
    await commit((tx) => tx.insert('quota_accounts', { tenant_id: 1, units: 1 }));
    const takeOne = () =>
      commit((tx) => tx.update('quota_accounts', { tenant_id: 1, units: atLeast(1) }, { units: increment(-1) }));
    const taken = await Promise.all([takeOne(), takeOne(), takeOne()]);
    expect(taken.flat()).toEqual([{ tenant_id: 1, units: 0 }]);
  });

  test('a transaction that takes a lock keeps others from taking it until it ends', async () => {
    const order: string[] = [];
    let second: Promise<unknown> = Promise.resolve();
    await commit(async (tx) => {
      await tx.lock('key');
      second = commit(async (other) => {
        await other.lock('key');
        order.push('second');
      });
      await commit((unrelated) => unrelated.lock('another key'));
      order.push('first');
    });
    await second;
    expect(order).toEqual(['first', 'second']);
  });

  test('a transaction waits for the disk by default', async () => {
    await database.admin.query(`
      CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN NEW.mode := current_setting('synchronous_commit'); RETURN NEW; END $$;
      CREATE TRIGGER note BEFORE INSERT ON feature_flags FOR EACH ROW EXECUTE FUNCTION note()`);
    expect(await modeUnder({ durable: false })).toBe('off');
    expect(await modeUnder({})).toBe('on');
    expect(await modeUnder({ durable: true })).toBe('on');
    await database.admin.query('DROP FUNCTION note CASCADE');
  });

  test('a transaction is rolled back when the database refuses its COMMIT', async () => {
    await database.admin.query(`
      CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'injected' USING ERRCODE = '40001'; END $$;
      CREATE CONSTRAINT TRIGGER refuse AFTER INSERT ON feature_flags DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW EXECUTE FUNCTION refuse()`);
    const outcome = await store.transaction((tx) => tx.insert('feature_flags', flag(1)));
    await database.admin.query('DROP FUNCTION refuse CASCADE');
    expect(outcome).toEqual({ kind: 'rolled-back', sqlState: '40001' });
  });
});

describe('a lost connection', () => {
  test('a lost connection between two statements rolls back with 08006, and the next transaction has a new one', async () => {
    const outcome = await store.transaction(async (tx) => {
      await tx.insert('feature_flags', flag(1));
      await endSessions();
    });
    expect(outcome).toEqual({ kind: 'rolled-back', sqlState: '08006' });
    expect(await commit((tx) => tx.select('feature_flags', {}))).toEqual([]);
  });

  test('a lost connection of an idle pool neither ends the process nor fails the next transaction', async () => {
    await Promise.all([1, 2, 3].map((n) => commit((tx) => tx.insert('feature_flags', flag(n)))));
    await endSessions();
    expect(await commit((tx) => tx.select('feature_flags', {}))).toHaveLength(3);
  });

  test.each([
    ['before it arrives', false, 0],
    ['after it took effect', true, 1],
  ] as const)('a lost connection at COMMIT, %s, leaves the outcome unknown', async (_title, forwarded, rows) => {
    const relay = await startRelay(database.url('legacy'), forwarded);
    const behindRelay = createPostgresStore({ url: relay.url, poolSize: 2 });
    const outcome = await behindRelay.transaction((tx) => tx.insert('feature_flags', flag(1)));
    expect(outcome).toEqual({ kind: 'unknown' });
    await relay.settled;
    expect(await commit((tx) => tx.select('feature_flags', {}))).toHaveLength(rows);
    await behindRelay.close();
    relay.close();
  });

  test('a connection that cannot be made rolls back with 08006', async () => {
    const relay = await startRelay(database.url('legacy'), false);
    relay.close();
    const nowhere = createPostgresStore({ url: relay.url, poolSize: 2 });
    const outcome = await nowhere.transaction((tx) => tx.select('feature_flags', {}));
    expect(outcome).toEqual({ kind: 'rolled-back', sqlState: '08006' });
    expect(await nowhere.answers()).toBe(false);
    expect(await store.answers()).toBe(true);
    await nowhere.close();
  });
});

/** A relay to the database that cuts its connection at the first COMMIT: instead of forwarding it, or when its reply arrives. */
async function startRelay(
  url: string,
  forwardCommit: boolean,
): Promise<{ url: string; settled: Promise<void>; close(): void }> {
  const target = new URL(url);
  const [port, host] = [Number(target.port), target.hostname];
  const ends = new EventEmitter();
  const settled = once(ends, 'settled').then(() => undefined);
  const relay: Server = createServer((client) => {
    const upstream = connect(port, host);
    let committing = false;
    client.on('error', () => {}).on('close', () => upstream.destroy());
    upstream.on('error', () => {}).on('close', () => ends.emit('settled'));
    client.on('data', (bytes) => {
      committing = bytes.includes('COMMIT\0');
      if (!committing || forwardCommit) upstream.write(bytes);
      else client.destroy();
    });
    upstream.on('data', (bytes) => (committing ? client.destroy() : client.write(bytes)));
  });
  relay.listen(0, '127.0.0.1');
  await once(relay, 'listening');
  const address = relay.address();
  target.port = String(typeof address === 'object' ? address?.port : '');
  return { url: target.href, settled, close: () => relay.close() };
}

describe('the roles', () => {
  const refused = { kind: 'rolled-back', sqlState: '42501' };

  test.each([
    'sms_logs',
    'quota_accounts',
    'quota_ledger',
    'send_authority',
    'campaign_sms',
    'feature_flags',
    'messaging_breakers',
  ] as const)('the roles keep the service from reading %s and from writing to it', async (table) => {
    expect(await asService((tx) => tx.select(table, {}))).toEqual(refused);
    expect(await asService((tx) => tx.remove(table, {}))).toEqual(refused);
    const { rows } = await database.admin.query(
      `SELECT has_any_column_privilege($2, $1, 'SELECT, INSERT, UPDATE, REFERENCES')
           OR has_table_privilege($2, $1, 'DELETE, TRUNCATE, TRIGGER') AS may`,
      [table, database.logins.service],
    );
    expect(rows).toEqual([{ may: false }]);
  });

  test('the roles keep the service from writing credentials and from the procedures of the legacy app', async () => {
    const row = { tenant_id: 1, provider: 'p', account: 'a', token: 't' };
    expect(await asService((tx) => tx.insert('provider_credentials', row))).toEqual(refused);
    expect(await asService((tx) => tx.call('sa_surface', { olderThanMs: 0 }))).toEqual(refused);
    expect(await asService((tx) => tx.call('reconcile', { graceMs: 0 }))).toEqual(refused);
  });

  test('the roles let the service read credentials, write its log and claim', async () => {
    const claim = {
      messageUuid: 'u1',
      tenantId: 1,
      payloadDigest: 'p',
      holder: 'service',
      token: 't',
      leaseMs: 1_000,
    } as const;
    const outcome = await asService(async (tx) => {
      await tx.select('provider_credentials', {});
      await tx.insert('go_sms_logs', {
        message_uuid: 'u1',
        dry_run: false,
        tenant_id: 1,
        recipient: 'r',
        body: 'b',
        status: 'pending',
      });
      return tx.call('sa_claim', claim);
    });
    expect(outcome).toEqual({ kind: 'committed', value: { kind: 'granted', epoch: 1 } });
  });

  test('the roles let the legacy app read the log of the service, and not write to it', async () => {
    expect(await store.transaction((tx) => tx.select('go_sms_logs', { message_uuid: 'none' }))).toEqual({
      kind: 'committed',
      value: [],
    });
    expect(await store.transaction((tx) => tx.remove('go_sms_logs', {}))).toEqual(refused);
  });
});
