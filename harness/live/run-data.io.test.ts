// Tests the data of a run in a database whose tables differ from those of the reference.
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { planRun } from '../execution/run-plan.ts';
import type { Scenario } from '../formats/scenario.ts';
import type { SystemDescription } from '../formats/system-description.ts';
import { recordBalances, seedRun } from './run-data.ts';
import { createRunRecorder } from './run-recorder.ts';
import { sharedServer } from './shared-server.fixture.ts';
import type { Slot } from './slot.ts';

const table = { name: 'accounts', key: ['tenant_id'] };
const description = { database: { tables: { quota_accounts: table } } } as unknown as SystemDescription;
const scenario: Scenario = {
  format: 'onesend.scenario/1',
  name: 'balances',
  seed: 1,
  tenants: [{ key: 'a', mode: 'ON', quota: 7 }],
  steps: [{ kind: 'entry', campaign: 'c', tenant: 'a', messages: 1, atMs: 0 }],
  faults: [{ kind: 'missing-uuid', item: 'c#1' }],
};
const plan = planRun(scenario);

let database: Client;
beforeAll(async () => {
  database = new Client({ connectionString: sharedServer().url('postgres') });
  await database.connect();
});
afterAll(() => database.end());

async function unitsOf(type: string, value: string): Promise<unknown[]> {
  await database.query(`CREATE TEMPORARY TABLE accounts (tenant_id int, units ${type})`);
  try {
    await database.query(`INSERT INTO accounts VALUES ($1, ${value})`, [plan.tenants[0]?.tenantId]);
    const recorder = createRunRecorder();
    await recordBalances({ database, description } as unknown as Slot, plan, recorder);
    return recorder.since(0).map((event) => event.kind === 'balance' && event.units);
  } finally {
    await database.query('DROP TABLE accounts');
  }
}

test.each(['int', 'bigint', 'numeric', 'decimal(10, 2)'])('a balance of type %s is read as units', async (type) => {
  expect(await unitsOf(type, '7')).toEqual([7]);
});

test('a balance that is no whole number is an error that names the column', async () => {
  await expect(unitsOf('numeric', '7.5')).rejects.toThrow('"accounts"."units": expected a whole number of units');
});

test('an item whose row is not found by its number, so that its uuid cannot be blanked, is an error of the description', async () => {
  await database.query('CREATE TEMPORARY TABLE items (id int, recipient text, uuid text)');
  const idle = { program: async () => {} };
  const campaignSms = { name: 'items', key: ['id'], columns: { phone: 'recipient', message_uuid: 'uuid' } };
  const seed = { tenant: [], item: ['INSERT INTO items (id) VALUES (:itemId)'] };
  const slot = {
    database,
    description: {
      seed,
      mode: [],
      between: [],
      flush: [],
      atRest: [],
      database: { reset: [], tables: { campaign_sms: campaignSms } },
    },
    serviceLink: { dropLinks: async () => {} },
    providers: { legacy: idle, service: idle },
  };
  await expect(seedRun(slot as unknown as Slot, scenario, plan)).rejects.toThrow(
    'expected one row of "items" with "recipient" = $1, found 0',
  );
});
