// Proposes the SQL that plants a tenant and a message, with the names that the tables of the pair have.
import type { SystemConfig } from '../../formats/system-config.ts';
import { type FieldList, plainObject } from './field.ts';

type Tables = NonNullable<SystemConfig['database']['tables']>;

/** The placeholder of each canonical column that a row of `table` gets. */
interface Row {
  readonly table: string;
  readonly values: Readonly<Record<string, string>>;
}

const TENANT: Row = { table: 'quota_accounts', values: { tenant_id: ':tenantId', units: ':quota' } };
const ITEM: Row = {
  table: 'campaign_sms',
  values: { id: ':itemId', tenant_id: ':tenantId', campaign_id: ':campaignId', phone: ':phone', body: ':body' },
};

/** The field `seed`; `tables` is the field `database.tables`, as far as it is known. */
export function proposeSeed(tables: FieldList): FieldList {
  const described = plainObject(tables) as Tables;
  return {
    fields: [
      {
        key: 'tenant',
        value: insertInto(TENANT, described),
        check: 'what a tenant needs: its quota, its account and token at the provider (:account, :token)',
      },
      { key: 'item', value: insertInto(ITEM, described), check: 'what a message needs' },
    ],
  };
}

function insertInto({ table, values }: Row, tables: Tables): string {
  const { name = table, columns = {} } = tables[table] ?? {};
  const named = Object.keys(values).map((column) => columns[column] ?? column);
  return `INSERT INTO ${name} (${named.join(', ')}) VALUES (${Object.values(values).join(', ')})`;
}
