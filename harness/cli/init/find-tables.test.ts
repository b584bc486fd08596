// Tests which tables init reads from SQL and from migrations, and which canonical tables it takes them for.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { packageRoot } from '../../platform/compiled-module.ts';
import { type Field, plainObject } from './field.ts';
import { findTables } from './find-tables.ts';
import { type Files, writeFiles } from './projects.fixture.ts';
import { proposeTables } from './propose-tables.ts';

let base: string;
beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'onesend-tables-test-'));
});
afterEach(() => rm(base, { recursive: true, force: true }));

async function found(files: Files): Promise<string[]> {
  await writeFiles(base, files);
  return findTables(base, { folders: ['.'], files: [] }).map(
    ({ name, columns, place }) => `${place} ${name}: ${columns.join(' ')}`,
  );
}

describe('the tables of a project', () => {
  test('the tables of a project are read from CREATE TABLE, with the line and without constraints', async () => {
    const sql = `-- CREATE TABLE not_this (id int);
CREATE TABLE IF NOT EXISTS public."sms_logs" (
  id bigserial PRIMARY KEY, -- a key, of course
  cost numeric(10, 2) DEFAULT 0,
  note text DEFAULT 'a, b) c',
  message_uuid uuid NOT NULL,
  CONSTRAINT once UNIQUE (message_uuid, id),
  PRIMARY KEY (id)
);
CREATE TEMPORARY TABLE scratch (id int);
create table billing.units(tenant_id int,units int);`;
    expect(await found({ 'db/schema.sql': sql })).toEqual([
      'db/schema.sql:2 sms_logs: id cost note message_uuid',
      'db/schema.sql:11 billing.units: tenant_id units',
    ]);
  });

  test('the tables of a project have the columns that later statements add', async () => {
    const files = {
      'migrations/1.sql': 'CREATE TABLE logs (id int);',
      'migrations/2.sql': 'ALTER TABLE ONLY logs\n  ADD COLUMN uid text UNIQUE,\n  ADD COLUMN IF NOT EXISTS mode text;',
    };
    expect(await found(files)).toEqual(['migrations/1.sql:1 logs: id uid mode']);
  });

  test("the tables of a project are read from Laravel's migrations", async () => {
    const migration = `<?php
// Schema::create('old', function (Blueprint $table) { $table->id(); });
Schema::connection('pgsql')->create('sms_messages', function (Blueprint $table) {
    $table->id();
    $table->foreignId('campaign_id')->constrained()->comment('the } of it');
    $table->text('body');
    $table->index('body');
    $table->unique(['campaign_id', 'body']);
    $table->timestamps();
});`;
    const later = `<?php Schema::table('sms_messages', function (Blueprint $table) {
  $table->uuid('message_uuid')->nullable();
  $table->dropColumn('body');
});`;
    const files = { 'database/migrations/1_create.php': migration, 'database/migrations/2_add.php': later };
    expect(await found(files)).toEqual([
      'database/migrations/1_create.php:3 sms_messages: id campaign_id body created_at updated_at message_uuid',
    ]);
  });

  test('the tables of a project are not sought in code of others', async () => {
    expect(await found({ 'vendor/acme/schema.sql': 'CREATE TABLE theirs (id int);' })).toEqual([]);
  });
});

test('the tables of the example with Laravel and Go are proposed as its repaired description names them', () => {
  const tables = findTables(join(packageRoot, 'examples/laravel-go'), { folders: ['laravel', 'go'], files: [] });
  expect(plainObject({ fields: proposeTables(tables) })).toEqual({
    campaign_sms: { name: 'campaign_s_m_s', columns: { phone: 'recipient', body: 'sms_built' } },
    sms_logs: {},
    quota_accounts: { name: 'email_s_m_s_limit_rates', columns: { tenant_id: 'owner_id', units: 'sms' } },
    go_sms_logs: {},
    quota_ledger: { name: 'sms_reservations', columns: { tenant_id: 'owner_id' } },
    send_authority: {},
  });
});

/** What is proposed for these tables: lines of a name and its columns, made by `schema.sql`. */
function proposed(
  ...tables: readonly string[]
): Readonly<Record<string, Omit<Field, 'key' | 'value'> & { value?: unknown }>> {
  const fields = proposeTables(
    tables.map((line, index) => {
      const [name = '', ...columns] = line.split(' ');
      return { name, columns, place: `schema.sql:${index + 1}` };
    }),
  );
  return Object.fromEntries(
    fields.map(({ key, value, ...notes }) => [
      key,
      value === undefined ? notes : { ...notes, value: plainObject({ fields: [{ key, value }] })[key] },
    ]),
  );
}

describe('a canonical table', () => {
  test('a canonical table with its name and columns needs no check', () => {
    expect(proposed('sms_logs message_uuid source status provider_message_id')).toMatchObject({
      sms_logs: { value: {}, note: 'from schema.sql:1' },
    });
  });

  test('a canonical table is the only one with its columns, whose names are written where they differ', () => {
    const { campaign_sms, sms_logs, quota_accounts, go_sms_logs } = proposed(
      'messages id batch_id recipient text message_uuid',
      'deliveries id uuid status external_id',
      'limits owner_id sms email',
      'rehearsals uuid is_dry_run recipient status',
      'users id email',
    );
    expect(campaign_sms).toEqual({
      value: { name: 'messages', columns: { campaign_id: 'batch_id', phone: 'recipient', body: 'text' } },
      check: 'chosen by the names of columns, from schema.sql:1',
    });
    expect(sms_logs?.value).toEqual({
      name: 'deliveries',
      columns: { message_uuid: 'uuid', provider_message_id: 'external_id' },
    });
    expect(quota_accounts?.value).toEqual({ name: 'limits', columns: { tenant_id: 'owner_id', units: 'sms' } });
    expect(go_sms_logs?.value).toEqual({
      name: 'rehearsals',
      columns: { message_uuid: 'uuid', dry_run: 'is_dry_run' },
    });
  });

  test('a canonical table that lacks a column which a run reads has a check that says so', () => {
    expect(proposed('campaign_sms id campaign_id phone body')['campaign_sms']).toEqual({
      value: {},
      check:
        'from schema.sql:1; it has no message_uuid: name the columns that mean these, or let `identity` say where the uuid is',
    });
  });

  test('a canonical table has no value where several tables fit: all are listed with their places', () => {
    const { sms_logs } = proposed('logs_a uuid status', 'logs_b message_uuid status');
    expect(sms_logs).toEqual({
      check:
        "2 tables have such columns; write one: { name: 'logs_a', columns: { message_uuid: 'uuid' } } from schema.sql:1, or { name: 'logs_b' } from schema.sql:2",
    });
  });

  test('a canonical table that every pair needs has a check where no table fits; others are left out', () => {
    const fields = proposed('users id email');
    expect(Object.keys(fields)).toEqual(['campaign_sms', 'sms_logs', 'quota_accounts']);
    expect(fields['sms_logs']).toEqual({ check: expect.stringMatching(/^no table has .* \(found: users\)$/) });
  });
});
