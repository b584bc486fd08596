// One run of one scenario in one slot: seed, act, heal, wait for rest, recover, collect. The result is a history and nothing else.
import { setTimeout as sleep } from 'node:timers/promises';
import type { History } from '../formats/history.ts';
import type { Scenario } from '../formats/scenario.ts';
import { buildHistory } from '../history/build.ts';
import { sampleClockOffset } from './audit/clock.ts';
import { readAudit } from './audit/read.ts';
import { createNemesis, type Nemesis } from './nemesis.ts';
import { runStatements } from './named-parameters.ts';
import { rigMicros } from './observers/clock.ts';
import { reconcile, recoverUntilDone } from './recovery.ts';
import { recordBalances, seedRun, tamper } from './run-data.ts';
import { planHeader, planRun, type RunPlan } from '../execution/run-plan.ts';
import { createRunRecorder, type RunRecorder, type UntimedEvent } from './run-recorder.ts';
import { type Action, quiescenceMs, schedule } from '../execution/schedule.ts';
import type { Slot } from './slot.ts';

/** How much later than it was written a log line may reach the rig. */
const LOG_DELAY_MICROS = 50_000;

/** What all runs of a lane share. */
export interface RunContext {
  readonly header: Pick<History, 'system' | 'vantages' | 'readings' | 'tolerances' | 'roles'>;
  /** What the service's role may write, which does not change during a lane's life. */
  readonly privileges: UntimedEvent;
  /** The least time of rest before loss is judged; 0 for a run whose end nobody judges. */
  readonly leastQuiescenceMs: number;
}

/** One run under way. */
interface Run {
  readonly slot: Slot;
  readonly scenario: Scenario;
  readonly plan: RunPlan;
  readonly recorder: RunRecorder;
  readonly nemesis: Nemesis;
  readonly deliveries: Map<string, number>;
}

/** Runs a scenario. An error thrown is trouble of the rig's means. */
export async function runInSlot(slot: Slot, scenario: Scenario, context: RunContext): Promise<History> {
  slot.runs += 1;
  const plan = planRun(scenario, { slot: slot.number, run: slot.runs });
  await seedRun(slot, scenario, plan);
  await slot.observatory.begin(slot.number, {
    recipients: Object.fromEntries(plan.itemOf),
  });
  for (const process of Object.values(slot.processes)) process.takeLines();
  const clockOffset = await sampleClockOffset(slot.database);

  const recorder = createRunRecorder();
  const nemesis = createNemesis(slot, scenario.faults, recorder);
  const run: Run = { slot, scenario, plan, recorder, nemesis, deliveries: new Map() };
  const actions = schedule(scenario);
  await recordBalances(slot, plan, recorder);
  for (const action of actions) if (isPreparation(action)) await perform(run, action);

  const startMicros = rigMicros();
  recorder.note(context.privileges, { earliest: startMicros, latest: startMicros });
  const timed = actions.filter((action) => !isPreparation(action));
  await Promise.all(timed.map((action) => performAt(run, action, startMicros)));
  await nemesis.healAll();
  if (context.leastQuiescenceMs > 0) await comeToRest(run, context.leastQuiescenceMs);

  recordProcesses(run);
  recorder.add(await slot.observatory.collect(slot.number));
  recorder.add(await readAudit(slot.database, { description: slot.description, ...clockOffset }));
  const header = { ...context.header, ...planHeader(plan), scenario, lane: 'live' as const };
  return buildHistory(header, recorder.since(startMicros));
}

/** What is there from the start is applied before the scenario's clock starts: a toxic misses what was under way before it. */
function isPreparation(action: Action): boolean {
  return action.kind === 'apply' && action.atMs === 0;
}

async function performAt(run: Run, action: Action, startMicros: number): Promise<void> {
  const waitMs = action.atMs - (rigMicros() - startMicros) / 1_000;
  if (waitMs > 0) await sleep(waitMs);
  await perform(run, action);
}

function perform(run: Run, action: Action): Promise<void> {
  switch (action.kind) {
    case 'apply':
      return run.nemesis.apply(action.fault);
    case 'heal':
      return run.nemesis.heal(action.fault);
    case 'crash':
      return run.nemesis.crash(action.process);
    case 'restart':
      return run.nemesis.restart(action.process);
    case 'flip':
      return flip(run, action);
    case 'trigger':
      return trigger(run, action.campaign);
  }
}

async function flip(run: Run, action: Extract<Action, { kind: 'flip' }>): Promise<void> {
  const { database, description, user } = run.slot;
  const tenantId = run.plan.tenants.find((tenant) => tenant.key === action.tenant)?.tenantId ?? 0;
  const event = { observer: 'rig', kind: 'flip', tenant: action.tenant, mode: action.mode } as const;
  await run.recorder.span(event, async () => {
    await runStatements(database, description.mode, { tenantId, mode: action.mode });
    if (description.flush !== undefined) await user.call(description.flush, { tenantId });
  });
}

async function trigger(run: Run, campaign: string): Promise<void> {
  const { slot, recorder, plan, deliveries } = run;
  const delivery = (deliveries.get(campaign) ?? 0) + 1;
  deliveries.set(campaign, delivery);
  const tenantId = plan.items.find((item) => item.campaign === campaign)?.tenantId ?? 0;
  const before = rigMicros();
  recorder.note({ observer: 'rig', kind: 'trigger', campaign, delivery }, { earliest: before, latest: before });
  const answer = await slot.user.call(slot.description.trigger, {
    campaignId: plan.campaignIds.get(campaign) ?? 0,
    tenantId,
  });
  const { status, body, startedMicros, endedMicros } = answer;
  recorder.note(
    {
      observer: 'rig',
      kind: 'user-response',
      campaign,
      delivery,
      status,
      body,
      elapsedMs: (endedMicros - startedMicros) / 1_000,
    },
    { earliest: endedMicros, latest: endedMicros },
  );
}

/** Waits until nothing moves by itself, lets the system recover, and takes the cut at which loss is judged. */
async function comeToRest(run: Run, leastMs: number): Promise<void> {
  const { slot, scenario, plan, recorder } = run;
  const { providerTimeoutMs } = slot.description.timings;
  await sleep(quiescenceMs(scenario.faults, { providerTimeoutMs, leastMs }));
  await recoverUntilDone(slot, recorder);
  const cut = rigMicros();
  recorder.note({ observer: 'rig', kind: 'quiescent' }, { earliest: cut, latest: cut });
  await recordBalances(slot, plan, recorder);
  if (!scenario.steps.some((step) => step.kind === 'reconcile')) return;
  await tamper(slot, scenario, plan);
  await reconcile(slot, recorder);
}

function recordProcesses(run: Run): void {
  for (const process of Object.values(run.slot.processes)) {
    for (const { line, atMicros } of process.takeLines()) {
      run.recorder.note(
        { observer: `${process.role} log`, kind: 'log', process: process.role, line },
        { earliest: atMicros - LOG_DELAY_MICROS, latest: atMicros },
      );
    }
    for (const atMicros of process.takeDeaths()) {
      run.recorder.note(
        { observer: 'nemesis', kind: 'crash', process: process.role, expected: false },
        { earliest: atMicros - LOG_DELAY_MICROS, latest: atMicros },
      );
    }
  }
}
