// The audit of a database, from its installation in a template to the events that it returns.
import { Client } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { EventOf, Observation } from '../../formats/event.ts';
import type { SystemDescription } from '../../formats/system-description.ts';
import { type Guard, startGuard } from '../guard/guard.ts';
import { createRunDirectory } from '../guard/run-directory.ts';
import { rigMicros } from '../observers/clock.ts';
import { cloneDatabase, createTemplate } from '../postgres/databases.ts';
import { startEmbeddedPostgres } from '../postgres/embedded.ts';
import type { PostgresServer } from '../postgres/server.ts';
import { sampleClockOffset } from './clock.ts';
import { auditStatements } from './install.ts';
import { clearAudit, readAudit, readPrivileges } from './read.ts';

const description = {
  name: 'audited',
  database: {
    roles: { legacy: 'old app', service: 'new_service' },
    setup: [
      'CREATE TABLE campaign_sms (id bigint PRIMARY KEY, note text)',
      'CREATE SCHEMA logs',
      'CREATE TABLE logs."SMS log" (guid text, part int, price numeric(10, 2), "when" timestamptz, PRIMARY KEY (guid, part))',
      'CREATE TABLE quota_accounts (tenant_id int PRIMARY KEY, units int NOT NULL)',
      'GRANT USAGE ON SCHEMA logs TO "old app", new_service',
      'GRANT ALL ON campaign_sms, logs."SMS log", quota_accounts TO "old app"',
      'GRANT SELECT ON campaign_sms, quota_accounts TO new_service',
      'GRANT UPDATE (note) ON campaign_sms TO new_service',
      'GRANT DELETE ON logs."SMS log" TO new_service',
      `CREATE FUNCTION take(unit int) RETURNS void LANGUAGE sql SECURITY DEFINER AS
        'UPDATE quota_accounts SET units = units - unit'`,
    ],
    reset: ['TRUNCATE campaign_sms, logs."SMS log", quota_accounts'],
    tables: {
      campaign_sms: { name: 'campaign_sms', key: ['id'] },
      sms_logs: {
        name: 'logs.SMS log',
        key: ['message_uuid', 'part'],
        columns: { message_uuid: 'guid', created_at: 'when' },
      },
      quota_accounts: { name: 'quota_accounts', key: ['tenant_id'] },
    },
  },
} as unknown as SystemDescription;

let guard: Guard;
let server: PostgresServer;
let rig: Client;
let legacy: Client;
let service: Client;

async function connect(role?: { name: string; password: string }): Promise<Client> {
  const client = new Client({ connectionString: server.url('slot', role) });
  client.on('error', () => {});
  await client.connect();
  return client;
}

beforeAll(async () => {
  guard = await startGuard();
  const directory = await createRunDirectory(guard);
  server = await startEmbeddedPostgres({ guard, directory, maxConnections: 20 });
  await createTemplate(server, {
    name: 'template',
    async prepare(client) {
      await client.query(`CREATE ROLE "old app" LOGIN PASSWORD 'x'; CREATE ROLE new_service LOGIN PASSWORD 'x'`);
      for (const statement of description.database.setup) await client.query(statement);
      for (const statement of auditStatements(description)) await client.query(statement);
    },
  });
  await cloneDatabase(server, { template: 'template', name: 'slot' });
  rig = await connect();
  legacy = await connect({ name: 'old app', password: 'x' });
  service = await connect({ name: 'new_service', password: 'x' });
});
afterAll(async () => {
  await Promise.all([rig, legacy, service].map((client) => client.end()));
  await server.close();
  await guard.close();
});
beforeEach(async () => {
  for (const statement of description.database.reset) await rig.query(statement);
  await clearAudit(rig);
});

const read = async (): Promise<Observation[]> => readAudit(rig, { description, ...(await sampleClockOffset(rig)) });
const readRows = async (): Promise<EventOf<'row'>[]> =>
  (await read()).flatMap((event) => (event.kind === 'row' ? [{ ...event, seq: 0 }] : []));

describe('the audit', () => {
  test('the audit records every change with canonical names, the values before and after, and who made it', async () => {
    await legacy.query(`SET timezone = 'Asia/Kolkata'`);
    await legacy.query(`INSERT INTO logs."SMS log" VALUES ('u', 2, 1.50, '2020-01-02 03:04:05.678+02')`);
    await legacy.query(`UPDATE logs."SMS log" SET price = 2`);
    await service.query(`DELETE FROM logs."SMS log"`);
    const rows = await readRows();
    const first = { message_uuid: 'u', part: 2, price: 1.5, created_at: '2020-01-02T01:04:05.678+00:00' };
    const second = { ...first, price: 2 };
    const common = { observer: 'audit', kind: 'row', table: 'sms_logs', key: 'u/2' };
    expect(rows).toMatchObject([
      { ...common, operation: 'insert', before: null, after: first, role: 'old app' },
      { ...common, operation: 'update', before: first, after: second, role: 'old app' },
      { ...common, operation: 'delete', before: second, after: null, role: 'new_service' },
    ]);
    expect(new Set(rows.map((row) => row.transaction)).size).toBe(3);
  });

  test('the audit names the role of the session that calls a procedure, not the owner of the procedure', async () => {
    await legacy.query('INSERT INTO quota_accounts VALUES (1, 10)');
    await service.query('SELECT take(3)');
    expect(await readRows()).toMatchObject([{}, { role: 'new_service', after: { tenant_id: 1, units: 7 } }]);
  });

  test('the audit places a change at its commit on the rig’s clock, and says when its statement began', async () => {
    const [beforeStatement, statementDone] = await timed(async () => {
      await legacy.query('BEGIN');
      await legacy.query(`INSERT INTO campaign_sms VALUES (1, 'a')`);
    });
    await legacy.query('SELECT pg_sleep(0.05)');
    const [beforeCommit, committed] = await timed(() => legacy.query('COMMIT'));
    const { errorMicros } = await sampleClockOffset(rig);
    const [row] = await readRows();
    const slack = 4 * errorMicros;
    expect(row?.statementEarliest).toBeGreaterThan(beforeStatement - slack);
    expect(row?.statementEarliest).toBeLessThan(statementDone + slack);
    expect(row?.earliest).toBeGreaterThan(beforeCommit - slack);
    expect(row?.latest).toBeGreaterThan(beforeCommit - slack);
    expect(row?.latest).toBeLessThan(committed + slack);
  });

  test('the audit lists changes in the order of commits, and of statements inside a transaction', async () => {
    await legacy.query('BEGIN');
    await legacy.query(`INSERT INTO campaign_sms VALUES (1, 'a'), (2, 'b')`);
    await rig.query(`INSERT INTO campaign_sms VALUES (3, 'c')`);
    await legacy.query('COMMIT');
    expect((await readRows()).map((row) => row.key)).toEqual(['3', '1', '2']);
  });

  test('the audit does not contain what was rolled back, truncated or cleared', async () => {
    await legacy.query(`BEGIN; INSERT INTO campaign_sms VALUES (1, 'a'); ROLLBACK`);
    await legacy.query(`INSERT INTO campaign_sms VALUES (1, 'a')`);
    await clearAudit(rig);
    await rig.query('TRUNCATE campaign_sms');
    expect(await read()).toEqual([]);
  });

  test('the audit keeps all digits of a bigint, so that two rows never get the same key', async () => {
    await legacy.query(`INSERT INTO campaign_sms VALUES (9007199254740993, 'a'), (9007199254740992, 'b')`);
    expect((await readRows()).map((row) => row.key)).toEqual(['9007199254740993', '9007199254740992']);
  });

  test('the audit cannot be read or written by the systems it watches', async () => {
    for (const client of [legacy, service]) {
      await expect(client.query('SELECT * FROM onesend_audit.events')).rejects.toMatchObject({ code: '42501' });
      await expect(client.query('DELETE FROM onesend_audit.events')).rejects.toMatchObject({ code: '42501' });
    }
  });

  test('the audit sees a session that pretends to be a replica', async () => {
    await rig.query(`BEGIN; SET LOCAL session_replication_role = replica; INSERT INTO campaign_sms VALUES (1); COMMIT`);
    expect(await readRows()).toHaveLength(1);
  });

  test.each([
    [
      'dropped',
      'DROP TRIGGER onesend_audit ON campaign_sms',
      auditStatements(description).filter((s) => s.includes('"campaign_sms"')),
    ],
    [
      'disabled',
      'ALTER TABLE campaign_sms DISABLE TRIGGER onesend_audit',
      ['ALTER TABLE campaign_sms ENABLE ALWAYS TRIGGER onesend_audit'],
    ],
  ])('the audit reports that its trigger was %s', async (_how, breach, repair) => {
    await rig.query(breach);
    expect(await read()).toMatchObject([
      { kind: 'observer-problem', problem: 'lost', detail: expect.stringContaining('campaign_sms') },
    ]);
    for (const statement of repair) await rig.query(statement);
    expect(await read()).toEqual([]);
  });

  test('the audit lists the tables that the service may write, even if only a column or a deletion is granted', async () => {
    const privileges = await readPrivileges(rig, description);
    expect(privileges).toMatchObject({ kind: 'privileges', role: 'new_service' });
    expect(privileges.writable).toEqual(['campaign_sms', 'sms_logs']);
  });
});

describe('the clock offset', () => {
  test('the clock offset maps the database’s time to the rig’s time of the same moment', async () => {
    const { offsetMicros, errorMicros } = await sampleClockOffset(rig);
    const asked = rigMicros();
    const { rows } = await rig.query<{ now: string }>('SELECT extract(epoch FROM clock_timestamp()) * 1000000 AS now');
    const answered = rigMicros();
    const mapped = Number(rows[0]?.now) + offsetMicros;
    expect(errorMicros).toBeGreaterThan(0);
    expect(mapped).toBeGreaterThan(asked - 4 * errorMicros);
    expect(mapped).toBeLessThan(answered + 4 * errorMicros);
  });
});

async function timed(work: () => Promise<unknown>): Promise<[number, number]> {
  const before = rigMicros();
  await work();
  return [before, rigMicros()];
}
