// Reads the uuids of items from a slot's database: from their rows, or by the query of the description.
import type { PlannedItem, RunPlan } from '../execution/run-plan.ts';
import type { Binding } from '../history/sighted-entries.ts';
import { valueOf } from './named-parameters.ts';
import type { Slot } from './slot.ts';
import { namedTable } from './table-names.ts';

/**
 * The uuids of all items that have one, by the query of the description. Empty if only the wire shows uuids; undefined if the audit sees
 * them in the rows of the items.
 */
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

/** The uuid of an item; undefined if it has none. */
export async function uuidOf(slot: Slot, plan: RunPlan, item: PlannedItem): Promise<string | undefined> {
  const { identity } = slot.description;
  if (typeof identity === 'object') return queriedUuid(slot, item, identity.query);
  const table = namedTable(slot.description, 'campaign_sms');
  const { where, values } = rowOf(slot, plan, item);
  const text = `SELECT ${table.column('message_uuid')} AS uuid FROM ${table.sql} WHERE ${where}`;
  const { rows } = await slot.database.query<{ uuid: string }>({ text, values });
  return rows[0]?.uuid;
}

/** The first value of the first row, as text; undefined if there is no row, or if the value is empty, null or another type. */
async function queriedUuid(
  slot: Slot,
  { itemId, campaignId, tenantId, recipient, body }: PlannedItem,
  query: string,
): Promise<string | undefined> {
  const values = { itemId, campaignId, tenantId, phone: recipient, body };
  const value = await valueOf(slot.database, [query], values);
  return (typeof value === 'string' && value !== '') || typeof value === 'number' ? String(value) : undefined;
}

/** The SQL condition of an item's row. It compares the text only if another item has the same number: a system may keep texts elsewhere. */
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
