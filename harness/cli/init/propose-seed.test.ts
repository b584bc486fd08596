// Tests the statements that init proposes for the seeds of a pair.
import { expect, test } from 'vitest';
import { plainObject } from './field.ts';
import { proposeSeed } from './propose-seed.ts';
import { proposeTables } from './propose-tables.ts';

function seedOf(...tables: readonly (readonly [name: string, ...columns: string[]])[]): Record<string, unknown> {
  const found = tables.map(([name, ...columns]) => ({ name, columns, place: 'schema.sql:1' }));
  return plainObject(proposeSeed({ fields: proposeTables(found) }));
}

test('the statements of the seeds have the names that the tables of the pair have', () => {
  const seed = seedOf(
    ['accounts', 'owner_id', 'credits'],
    ['outbox', 'batch_id', 'msisdn', 'text', 'uuid'],
    ['deliveries', 'uuid', 'status'],
  );
  expect(seed).toEqual({
    tenant: 'INSERT INTO accounts (owner_id, credits) VALUES (:tenantId, :quota)',
    item: 'INSERT INTO outbox (id, tenant_id, batch_id, msisdn, text) VALUES (:itemId, :tenantId, :campaignId, :phone, :body)',
  });
});

test('the statements of the seeds have the canonical names where no table is proposed', () => {
  const canonical = {
    tenant: 'INSERT INTO quota_accounts (tenant_id, units) VALUES (:tenantId, :quota)',
    item: 'INSERT INTO campaign_sms (id, tenant_id, campaign_id, phone, body) VALUES (:itemId, :tenantId, :campaignId, :phone, :body)',
  };
  expect(seedOf()).toEqual(canonical);
  expect(seedOf(['quota_accounts', 'tenant_id', 'units'])).toEqual(canonical);
});
