// The columns and constraints that the simulated store knows are those of the DDL.
import { expect, test } from 'vitest';
import { CHECKS, COLUMNS } from '../../../harness/sim/store/columns.ts';
import { TABLES, type TableName } from '../../../src/contract/tables.ts';
import { MIGRATIONS } from '../../../src/store/schema.ts';

const KINDS: Readonly<Record<string, string>> = {
  integer: 'number',
  bigint: 'number',
  text: 'text',
  boolean: 'boolean',
  timestamptz: 'time',
};

/** The columns of a table in the order of its DDL, each with its kind, and `?` if it can be NULL. */
function columnsOf(ddl: string): [string, string][] {
  return [...ddl.matchAll(/^\s+([a-z_]+) (integer|bigint|text|boolean|timestamptz)\b(.*)$/gm)].map(
    ([, column = '', type = '', rest = '']) => {
      const isRequired = /NOT NULL|PRIMARY KEY/.test(rest);
      return [column, `${KINDS[type]}${isRequired ? '' : '?'}`];
    },
  );
}

/** The values that the CHECK constraints of a table list, by column. */
function checksOf(ddl: string): unknown[] {
  return [...ddl.matchAll(/CHECK \(([a-z_]+) (?:IN \((.*)\)|>= (\d+))\)/g)].map(([, column, list, least]) =>
    list === undefined
      ? { column, least: Number(least) }
      : { column, oneOf: list.split(', ').map((value) => value.replaceAll("'", '')) },
  );
}

test.each(Object.keys(TABLES) as TableName[])('the columns and checks of %s are those of the DDL', (table) => {
  const ddl = MIGRATIONS.find((statement) => statement.startsWith(`CREATE TABLE ${table} `)) ?? '';
  expect(Object.entries(COLUMNS[table])).toEqual(columnsOf(ddl));
  expect(CHECKS[table] ?? []).toEqual(checksOf(ddl));
});
