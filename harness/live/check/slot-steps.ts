// The steps of a check that examine a slot itself: its database, its flush, its rest.
import { setTimeout as sleep } from 'node:timers/promises';
import { MODES } from '../../../src/contract/mode.ts';
import { planRun, type RunPlan } from '../../execution/run-plan.ts';
import type { Action } from '../../formats/action.ts';
import type { EventKind } from '../../formats/event.ts';
import { countOf } from '../../history/counted-words.ts';
import { OnesendError } from '../../platform/errors.ts';
import { performAction } from '../actions.ts';
import { leftToDo } from '../at-rest.ts';
import { sampleClockOffset } from '../audit/clock.ts';
import { readAudit } from '../audit/read.ts';
import { watched } from '../disturbed.ts';
import { settleFlag } from '../flags.ts';
import { bindNamed, runStatements } from '../named-parameters.ts';
import { recordBalances, seedRun } from '../run-data.ts';
import { createRunRecorder } from '../run-recorder.ts';
import type { Slot } from '../slot.ts';
import { namedTable } from '../table-names.ts';
import { FLIP, modesScenario, QUOTA } from './scenarios.ts';
import { tryStep } from './tries.ts';
import { failed, ok, type StepResult } from './walk.ts';

/** How much of an answer is shown. */
const ANSWER_CHARACTERS_MAX = 200;

/** How long nothing must change for the pair to count as idle. */
const REST_MS = 1_000;

/** How many tables a role may use, and how many functions act in the name of their owner. */
const USABLE = `
  WITH tables AS (
    SELECT pg_class.oid, relnamespace FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
    WHERE relkind IN ('r', 'p', 'v') AND nspname NOT IN ('pg_catalog', 'information_schema', 'onesend_audit', 'pg_toast')
  )
  SELECT
    (SELECT count(*)::int FROM tables WHERE has_schema_privilege($1, relnamespace, 'USAGE')
      AND has_any_column_privilege($1, oid, 'SELECT, INSERT, UPDATE')) AS tables,
    (SELECT count(*)::int FROM pg_proc JOIN pg_namespace ON pg_namespace.oid = pronamespace
      WHERE prosecdef AND nspname NOT IN ('pg_catalog', 'information_schema', 'onesend_audit')) AS definers`;

/** Whether the role of the legacy app may use a table, or a function that acts for its owner. */
export async function checkGrants({ database, description }: Slot): Promise<StepResult> {
  const { legacy } = description.database.roles;
  const { rows } = await database.query<{ tables: number; definers: number }>(USABLE, [legacy]);
  const { tables = 0, definers = 0 } = rows[0] ?? {};
  if (tables > 0 || definers > 0) return ok(`${legacy} may use ${countOf(tables, 'table')}`);
  return failed(
    `the role ${legacy} may use no table at all`,
    'let `database.setup` grant ${legacyRole} and ${serviceRole} what they need',
  );
}

/** Seeds tenants and messages, and checks whether the tables have them. */
export async function checkSeed(slot: Slot): Promise<StepResult> {
  const { description } = slot;
  const scenario = modesScenario(description.timings);
  const plan = planRun(scenario, { slot: slot.number, run: slot.runs });
  // The actions of `between` can call the legacy app, which has not started yet.
  await seedRun({ ...slot, description: { ...description, between: [] } }, scenario, plan);
  const found = description.identity === 'column' ? await itemsFound(slot, plan) : plan.items.length;
  if (found !== plan.items.length)
    return failed(
      `${found} of ${plan.items.length} messages are found by their numbers`,
      'let `seed.item` write :phone as it is into the column that `database.tables.campaign_sms` names',
    );
  if (!(await flagsAnything(slot, plan)))
    return failed(
      '`mode` changed no row',
      'let it insert the flag of a tenant that has none (INSERT ... ON CONFLICT ... DO UPDATE), or let `seed.tenant` make one',
    );
  const recorder = createRunRecorder();
  await recordBalances(slot, plan, recorder);
  const wrong = recorder.since(0).find((seen) => seen.kind === 'balance' && seen.units !== QUOTA);
  if (wrong?.kind === 'balance')
    return failed(
      `a tenant has ${wrong.units} units instead of ${QUOTA}`,
      'let `seed.tenant` write :quota into the column that `database.tables.quota_accounts` names',
    );
  return ok(`${countOf(plan.tenants.length, 'tenant')}, ${countOf(found, 'message')}`);
}

/** Whether the statements of `mode` change a row. A statement that reports no number of rows counts as a change. */
async function flagsAnything({ description, database }: Slot, { tenants }: RunPlan): Promise<boolean> {
  const [tenant] = tenants;
  const values = { tenantId: tenant?.tenantId ?? 0, mode: MODES.find((mode) => mode !== tenant?.mode) ?? 'OFF' };
  let changed = 0;
  for (const statement of description.mode) {
    for (const { rowCount } of [await database.query(bindNamed(statement, values))].flat()) changed += rowCount ?? 1;
  }
  return changed > 0;
}

/** How many items have a row with their number. */
async function itemsFound({ description, database }: Slot, plan: RunPlan): Promise<number> {
  const items = namedTable(description, 'campaign_sms');
  const { rows } = await database.query<{ found: number }>(
    `SELECT count(*)::int AS found FROM ${items.sql} WHERE ${items.column('phone')}::text = ANY($1)`,
    [plan.items.map(({ recipient }) => recipient)],
  );
  return rows[0]?.found ?? 0;
}

/** Performs `flush`, and checks whether the legacy app then uses the new mode of the tenant that was flipped. */
export async function checkFlush(slot: Slot): Promise<StepResult> {
  const { flush, flipRead, timings } = slot.description;
  const { tenants } = planRun(modesScenario(timings), { slot: slot.number, run: slot.runs });
  const flag = { tenantId: tenants.find(({ key }) => key === FLIP.tenant)?.tenantId ?? 0, mode: FLIP.mode };
  for (const action of flush) await performAction(slot, action, flag);
  if (flipRead === undefined) return ok('done; no `flipRead` shows what was read');
  if (await settleFlag(slot, flag)) return ok(`${flag.mode} was read`);
  return failed(
    `\`flipRead\` did not answer ${flag.mode}`,
    'let it answer the mode that the legacy app uses for :tenantId, and let `flush` empty what caches the old one',
    [`it answered: ${await performAction(slot, flipRead, flag)}`],
  );
}

/** Adds to a failed step what the system answers when the action is performed once more. */
export async function withAnswer(slot: Slot, action: Action, result: StepResult): Promise<StepResult> {
  if (result.outcome !== 'failed') return result;
  const said = await performAction(slot, action).then(
    (text) => [`it answers: ${text.slice(0, ANSWER_CHARACTERS_MAX)}`],
    (error: unknown) => {
      if (error instanceof OnesendError) return [error.message, ...error.details];
      throw error;
    },
  );
  return { ...result, details: [...said, ...(result.details ?? [])] };
}

/** Whether the statements of `atRest` work, and count 0 while nothing is to be done. */
export async function checkQueue(slot: Slot): Promise<StepResult> {
  const left = await leftToDo(slot);
  if (left === 0) return ok('nothing is to be done');
  return failed(
    `it counts ${left} although nothing was sent`,
    'let `atRest` count only what a worker removes when it is done, such as the jobs of a queue',
  );
}

/** The events that show a system at work. The end of a connection, or a problem of an observer, does not. */
const WORK: ReadonlySet<EventKind> = new Set(['request', 'answer', 'attempt', 'accept', 'reject']);

/** Whether anything is written or sent after the end of a run. Only a machine that was too busy is a reason to look once more. */
export function checkRest(slot: Slot): Promise<StepResult> {
  return tryStep(() => watched(slot, () => lookAtRest(slot)), 1);
}

async function lookAtRest(slot: Slot): Promise<StepResult> {
  const left = await leftToDo(slot);
  if (left > 0) return failed(`\`atRest\` still counts ${left}`, 'see that a worker processes what it counts');
  const before = await seenSoFar(slot);
  await sleep(REST_MS);
  const after = await seenSoFar(slot);
  const [rows, events] = [after.rows - before.rows, after.events - before.events];
  if (rows === 0 && events === 0) return ok(`nothing moved for ${REST_MS} ms`);
  return failed(
    `the pair was still busy: ${countOf(rows, 'change')} of rows, ${countOf(events, 'event')} at taps and provider`,
    'what a queue does later is judged as lost: let the trigger wait for it, or set longer `timings`',
  );
}

async function seenSoFar({
  number,
  database,
  description,
  observatory,
}: Slot): Promise<{ rows: number; events: number }> {
  const rows = await readAudit(database, { description, ...(await sampleClockOffset(database)) });
  const events = await observatory.collect(number);
  return { rows: rows.length, events: events.filter(({ kind }) => WORK.has(kind)).length };
}

/** Whether the reset leaves rows in the tables. */
export async function checkReset({ database, description }: Slot): Promise<StepResult> {
  await runStatements(database, description.database.reset);
  const left: string[] = [];
  for (const canonical of Object.keys(description.database.tables)) {
    const { sql } = namedTable(description, canonical);
    const { rows } = await database.query<{ count: number }>(`SELECT count(*)::int AS count FROM ${sql}`);
    const count = rows[0]?.count ?? 0;
    if (count > 0) left.push(`${sql}: ${count}`);
  }
  if (left.length === 0) return ok('all tables are empty');
  return failed(
    `rows were left after the reset: ${left.join(', ')}`,
    "let `database.reset` empty these tables too, or leave it out: 'truncate-all' empties all",
  );
}
