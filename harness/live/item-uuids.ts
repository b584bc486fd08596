// The uuids of items in a slot's database: by the rows of the items, or by what the system answers to a query.
import type { PlannedItem, RunPlan } from '../execution/run-plan.ts';
import type { Binding } from '../history/sighted-entries.ts';
import { valueOf } from './named-parameters.ts';
import type { Slot } from './slot.ts';
import { namedTable } from './table-names.ts';

/** What a system that is asked for them says of the uuids of all items; undefined for one whose rows show them. */
export async function readBindings(slot: Slot, plan: RunPlan): Promise<Binding[] | undefined> {
  const { identity } = slot.description;
  if (identity === 'column') return undefined;
  const bindings: Binding[] = [];
  if (identity === 'wire') return bindings;
  for (const item of plan.items) {
    const messageUuid = await queriedUuid(slot, item, identity.query);
    if (messageUuid !== undefined) bindings.push({ item: item.item, messageUuid });
  }
  return bindings;
}

/** The uuid of an item; undefined for one that has none. */
export async function uuidOf(slot: Slot, plan: RunPlan, item: PlannedItem): Promise<string | undefined> {
  const { identity } = slot.description;
  if (typeof identity === 'object') return queriedUuid(slot, item, identity.query);
  const table = namedTable(slot.description, 'campaign_sms');
  const { where, values } = rowOf(slot, plan, item);
  const text = `SELECT ${table.column('message_uuid')} AS uuid FROM ${table.sql} WHERE ${where}`;
  const { rows } = await slot.database.query<{ uuid: string }>({ text, values });
  return rows[0]?.uuid;
}

/** The first value of the first row that the query answers, as text; undefined for none, and for an empty one. */
async function queriedUuid(
  slot: Slot,
  { itemId, campaignId, tenantId, recipient, body }: PlannedItem,
  query: string,
): Promise<string | undefined> {
  const values = { itemId, campaignId, tenantId, phone: recipient, body };
  const value = await valueOf(slot.database, [query], values);
  return (typeof value === 'string' && value !== '') || typeof value === 'number' ? String(value) : undefined;
}

/** The condition that an item's row meets. The text is asked for only where the number is another item's too: a system may keep it elsewhere. */
export function rowOf(
  slot: Slot,
  plan: RunPlan,
  { recipient, body }: PlannedItem,
): { where: string; values: string[] } {
  const table = namedTable(slot.description, 'campaign_sms');
  const where = `${table.column('phone')} = $1`;
  const isShared = plan.items.filter((item) => item.recipient === recipient).length > 1;
  return isShared
    ? { where: `${where} AND ${table.column('body')} = $2`, values: [recipient, body] }
    : { where, values: [recipient] };
}
