// The data of one run in the slot's database: seeds it before the run, records the balances, and tampers with rows if a fault says so.
import { escapeLiteral } from 'pg';
import type { Fault } from '../formats/fault.ts';
import { SystemDescriptionError } from '../platform/errors.ts';
import type { Scenario } from '../formats/scenario.ts';
import { performAction } from './actions.ts';
import { untilAtRest } from './at-rest.ts';
import { clearAudit } from './audit/read.ts';
import { realWord } from './audit/row-names.ts';
import { rowOf, uuidOf } from './item-uuids.ts';
import { runStatements } from './named-parameters.ts';
import { rigMicros } from './observers/clock.ts';
import type { PlannedItem, RunPlan } from '../execution/run-plan.ts';
import type { RunRecorder } from './run-recorder.ts';
import { putInPlace, type UnreadMode } from './seed-plan.ts';
import type { Slot } from './slot.ts';
import { namedTable } from './table-names.ts';
import { unitsIn } from './units.ts';

/**
 * Prepares the slot for a run: waits until the queues of the previous run are empty, resets tables and provider stubs, drops old
 * connections, and inserts tenants and items. Returns the modes that the legacy app did not report.
 */
export async function seedRun(slot: Slot, scenario: Scenario, plan: RunPlan): Promise<UnreadMode[]> {
  const { database, description } = slot;
  await untilAtRest(slot);
  await Promise.all([
    slot.serviceLink.dropLinks(),
    slot.providers.legacy.program([]),
    slot.providers.service.program([]),
    runStatements(database, description.database.reset),
  ]);
  for (const action of description.between) await performAction(slot, action);
  const unread = await putInPlace(slot, plan);
  for (const fault of scenario.faults) {
    if (fault.kind === 'missing-uuid') await blankUuid(slot, plan, itemNamed(plan, fault.item));
  }
  await clearAudit(database);
  return unread;
}

/** Records how many quota units each tenant has; a tenant without a row has 0. */
export async function recordBalances(slot: Slot, plan: RunPlan, recorder: RunRecorder): Promise<void> {
  const table = namedTable(slot.description, 'quota_accounts');
  const text = `SELECT ${table.column('units')} AS units FROM ${table.sql} WHERE ${table.column('tenant_id')} = $1`;
  for (const tenant of plan.tenants) {
    const earliest = rigMicros();
    const { rows } = await slot.database.query<{ units: unknown }>({ text, values: [tenant.tenantId] });
    const [row] = rows;
    const units = row === undefined ? 0 : unitsIn(row.units, `${table.sql}.${table.column('units')}`);
    recorder.note({ observer: 'rig', kind: 'balance', tenant: tenant.key, units }, { earliest, latest: rigMicros() });
  }
}

/** Makes the two logs disagree about one item. */
export async function tamper(
  slot: Slot,
  plan: RunPlan,
  { item, mismatch }: { item: PlannedItem; mismatch: Extract<Fault, { kind: 'tamper' }>['mismatch'] },
): Promise<void> {
  const uuid = await uuidOf(slot, plan, item);
  await slot.database.query({ text: tamperStatement(slot, mismatch), values: [uuid] });
}

function tamperStatement(slot: Slot, mismatch: Extract<Fault, { kind: 'tamper' }>['mismatch']): string {
  const word = (canonical: string, status: string): string => {
    const table = slot.description.database.tables[canonical];
    return escapeLiteral(table === undefined ? status : realWord(table, { column: 'status', word: status }));
  };
  const legacy = namedTable(slot.description, 'sms_logs');
  const service = namedTable(slot.description, 'go_sms_logs');
  switch (mismatch) {
    case 'missing_in_go':
      return `DELETE FROM ${service.sql} WHERE ${service.column('message_uuid')} = $1`;
    case 'missing_in_laravel':
      return `DELETE FROM ${legacy.sql} WHERE ${legacy.column('message_uuid')} = $1`;
    case 'status_mismatch':
      return `UPDATE ${service.sql} SET ${service.column('status')} = ${word('go_sms_logs', 'rejected')} WHERE ${service.column('message_uuid')} = $1`;
    case 'provider_message_id_mismatch':
      // NULL on one side only: a comparison with <> would not see it.
      return `UPDATE ${legacy.sql} SET ${legacy.column('provider_message_id')} = NULL WHERE ${legacy.column('message_uuid')} = $1`;
    case 'provider_message_id_null_in_go':
      return `UPDATE ${service.sql} SET ${service.column('provider_message_id')} = NULL WHERE ${service.column('message_uuid')} = $1`;
    case 'duplicate_in_laravel':
      return `UPDATE ${legacy.sql} SET ${legacy.column('status')} = ${word('sms_logs', 'duplicate')} WHERE ${legacy.column('message_uuid')} = $1`;
  }
}

async function blankUuid(slot: Slot, plan: RunPlan, item: PlannedItem): Promise<void> {
  const table = namedTable(slot.description, 'campaign_sms');
  const { where, values } = rowOf(slot, plan, item);
  const text = `UPDATE ${table.sql} SET ${table.column('message_uuid')} = '' WHERE ${where}`;
  const { rowCount } = await slot.database.query({ text, values });
  if (rowCount === 1) return;
  throw new SystemDescriptionError(`expected one row of ${table.sql} with ${where}, found ${rowCount}`, {
    hint: 'name the columns that hold number and text once a message is seeded in `database.tables.campaign_sms.columns`, or declare missing-uuid absent',
  });
}

function itemNamed(plan: RunPlan, name: string): PlannedItem {
  const found = plan.items.find((item) => item.item === name);
  if (found === undefined) throw new Error(`no item ${name} in the scenario`);
  return found;
}
