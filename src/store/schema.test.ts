// Compares the DDL with the table definitions of the contract.
import { expect, test } from 'vitest';
import { type DefaultValue, TABLES } from '../contract/tables.ts';
import { GRANTS, grantStatements } from './grants.ts';
import { MIGRATIONS } from './schema.ts';

/** Matches the DDL of a column with this default. The default null has no DEFAULT clause. */
function defaultPattern(value: DefaultValue): RegExp {
  if (value.kind === 'now') return /DEFAULT clock_timestamp\(\)/;
  return value.value === null ? /^\s*\w+ \w+( UNIQUE)?,?$/ : new RegExp(`DEFAULT ${String(value.value)}`);
}

test.each(Object.entries(TABLES))(
  'the migrations make the table %s with its key, its defaults and its owner',
  (name, definition) => {
    const ddl = MIGRATIONS.find((statement) => statement.startsWith(`CREATE TABLE ${name} `)) ?? '';
    const key = definition.primaryKey.join(', ');
    expect(ddl).toMatch(new RegExp(`PRIMARY KEY \\(${key}\\)|\\b${key} \\w+ PRIMARY KEY`));
    for (const column of definition.unique) expect(ddl).toMatch(new RegExp(`\\b${column} \\w+ UNIQUE`));
    for (const [column, value] of Object.entries(definition.defaults)) {
      const line = ddl.split('\n').find((text) => text.trim().startsWith(`${column} `)) ?? '';
      expect(line).toMatch(defaultPattern(value));
    }
    expect(MIGRATIONS).toContain(`ALTER TABLE ${name} OWNER TO :${definition.owner}_role`);
  },
);

test('the grants give the service its log, read access to the credentials and three procedures', () => {
  expect(GRANTS.filter(({ role }) => role === 'service')).toEqual([
    { role: 'service', table: 'go_sms_logs', privileges: ['SELECT', 'INSERT', 'UPDATE', 'DELETE'] },
    { role: 'service', table: 'provider_credentials', privileges: ['SELECT'] },
    { role: 'service', procedure: 'sa_claim' },
    { role: 'service', procedure: 'sa_begin_send' },
    { role: 'service', procedure: 'sa_settle' },
  ]);
});

test('the grants allow the legacy app to read the log of the service, not to write it', () => {
  const privileges = GRANTS.filter(
    (grant) => grant.role === 'legacy' && 'table' in grant && grant.table === 'go_sms_logs',
  );
  expect(privileges).toEqual([{ role: 'legacy', table: 'go_sms_logs', privileges: ['SELECT'] }]);
});

test('the grants begin by revoking all privileges from PUBLIC', () => {
  const statements = grantStatements(GRANTS);
  const firstGrant = statements.findIndex((statement) => statement.startsWith('GRANT'));
  expect(statements.slice(0, firstGrant)).toEqual(statements.filter((statement) => statement.startsWith('REVOKE ALL')));
  expect(statements).toContain('REVOKE ALL ON FUNCTION sa_claim FROM PUBLIC');
  expect(statements).toContain('GRANT EXECUTE ON FUNCTION sa_claim TO :service_role');
  expect(statements).toContain('GRANT SELECT ON TABLE provider_credentials TO :service_role');
});
