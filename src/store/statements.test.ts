// The SQL of each verb of a transaction.
import { expect, test } from 'vitest';
import { anyOf, atLeast, databaseTime, increment, olderThan } from '../contract/store.ts';
import type { TableName } from '../contract/tables.ts';
import {
  callStatement,
  insertStatement,
  lockStatement,
  removeStatement,
  selectStatement,
  updateStatement,
} from './statements.ts';

test.each([
  [
    'select orders rows by the key',
    selectStatement('feature_flags', { tenant_id: 1, mode: 'ON' }),
    'SELECT * FROM "feature_flags" WHERE "tenant_id" = $1 AND "mode" = $2 ORDER BY "tenant_id", "feature_name"',
    [1, 'ON'],
  ],
  [
    'select without conditions and with forUpdate locks every row',
    selectStatement('sms_logs', {}, { forUpdate: true }),
    'SELECT * FROM "sms_logs" ORDER BY "message_uuid" FOR UPDATE',
    [],
  ],
  [
    'null becomes IS NULL, also in a list of values',
    selectStatement('campaign_sms', { mode: null, message_uuid: anyOf(['a', null]) }),
    'SELECT * FROM "campaign_sms" WHERE "mode" IS NULL AND ("message_uuid" = ANY ($1) OR "message_uuid" IS NULL) ORDER BY "id"',
    [['a']],
  ],
  [
    'bounds are parameters',
    removeStatement('campaign_sms', { id: atLeast(3), epoch: anyOf([1, 2]) }),
    'DELETE FROM "campaign_sms" WHERE "id" >= $1 AND "epoch" = ANY ($2)',
    [3, [1, 2]],
  ],
  [
    'times are compared with the clock of the database',
    removeStatement('sms_logs', { created_at: olderThan(5) }),
    `DELETE FROM "sms_logs" WHERE "created_at" < clock_timestamp() - $1::double precision * interval '1 millisecond'`,
    [5],
  ],
  [
    'insert answers the row',
    insertStatement('quota_ledger', { message_uuid: 'u', tenant_id: 1, state: 'reserved' }, { onConflict: 'ignore' }),
    'INSERT INTO "quota_ledger" ("message_uuid", "tenant_id", "state") VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING *',
    ['u', 1, 'reserved'],
  ],
  [
    'insert can take times from the clock of the database',
    insertStatement('messaging_breakers', { name: 'live', opened_at: databaseTime(2) }),
    `INSERT INTO "messaging_breakers" ("name", "opened_at") VALUES ($1, clock_timestamp() + $2::double precision * interval '1 millisecond') RETURNING *`,
    ['live', 2],
  ],
  [
    'update numbers the values it sets before those of its conditions',
    updateStatement('quota_accounts', { tenant_id: 7 }, { units: increment(-1) }),
    'UPDATE "quota_accounts" SET "units" = "units" + $1 WHERE "tenant_id" = $2 RETURNING *',
    [-1, 7],
  ],
  [
    'update can set null',
    updateStatement('campaign_sms', {}, { mode: null }),
    'UPDATE "campaign_sms" SET "mode" = $1 RETURNING *',
    [null],
  ],
  ['a lock hashes its key', lockStatement('k'), 'SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', ['k']],
  [
    'a call names its arguments',
    callStatement('sa_begin_send', { token: 't', epoch: 2, messageUuid: 'u' }),
    'SELECT "sa_begin_send"("message_uuid" => $1, "epoch" => $2, "token" => $3) AS result',
    ['u', 2, 't'],
  ],
])('the SQL of a verb: %s', (_title, statement, ...expected) => {
  expect([statement.text, statement.values]).toEqual(expected);
});

test('an SQL builder refuses an unknown table, a malformed column name and an unknown procedure', () => {
  expect(() => selectStatement('pg_authid' as TableName, {})).toThrow('expected a table');
  expect(() => selectStatement('toString' as TableName, {})).toThrow('expected a table');
  expect(() => selectStatement('sms_logs', { 'a" OR 1=1 --': 1 })).toThrow('expected the name');
  expect(() => updateStatement('sms_logs', {}, { 'status" = 1 --': 1 })).toThrow('expected the name');
  expect(() => callStatement('pg_sleep' as 'sa_claim', {})).toThrow('expected a stored procedure');
});

test('an SQL builder refuses an undefined condition, an update without changes and a missing argument', () => {
  expect(() => removeStatement('sms_logs', { message_uuid: undefined })).toThrow('undefined');
  expect(() => updateStatement('sms_logs', {}, {})).toThrow('at least one column');
  expect(() => callStatement('sa_surface', {})).toThrow('olderThanMs');
});
