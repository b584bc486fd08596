// Proposes the SQL that plants a tenant and a message, with the names that the tables of the pair have.
import { type Field, type FieldList, isFieldList } from './field.ts';

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
  return {
    fields: [
      {
        key: 'tenant',
        value: insertInto(TENANT, tables),
        check: 'what a tenant needs: its quota, its account and token at the provider (:account, :token)',
      },
      { key: 'item', value: insertInto(ITEM, tables), check: 'what a message needs' },
    ],
  };
}

function insertInto({ table, values }: Row, tables: FieldList): string {
  const described = fieldsAt(tables, table);
  const name = textAt(described, 'name') ?? table;
  const renamed = fieldsAt(described, 'columns');
  const columns = Object.keys(values).map((column) => textAt(renamed, column) ?? column);
  return `INSERT INTO ${name} (${columns.join(', ')}) VALUES (${Object.values(values).join(', ')})`;
}

function valueAt({ fields }: FieldList, wanted: string): Field['value'] {
  return fields.find(({ key }) => key === wanted)?.value;
}

function fieldsAt(list: FieldList, key: string): FieldList {
  const value = valueAt(list, key);
  return isFieldList(value) ? value : { fields: [] };
}

function textAt(list: FieldList, key: string): string | undefined {
  const value = valueAt(list, key);
  return typeof value === 'string' ? value : undefined;
}
