// Runs one scenario in a slot of the live lane, on real processes, database and network, and returns its history.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Role } from '../../src/contract/message.ts';
import { Play } from '../execution/play.ts';
import { type PlannedItem, planHeader, planRun, type RunPlan } from '../execution/run-plan.ts';
import { schedule } from '../execution/schedule.ts';
import {
  QUIESCENCE_MS_MIN,
  type ScriptEvent,
  type ClockSpan,
  type Stage,
  type StageTimings,
} from '../execution/stage.ts';
import { timingsOf } from '../execution/timings-of.ts';
import type { UserAnswer } from '../execution/user.ts';
import { acceptedStatuses } from '../formats/accepted-statuses.ts';
import type { Fault } from '../formats/fault.ts';
import type { History } from '../formats/history.ts';
import type { Scenario } from '../formats/scenario.ts';
import { buildHistory } from '../history/build.ts';
import { askForMismatches, askForRecovery } from './ask.ts';
import { type ClockOffset, offsetBetween, sampleClockOffset } from './audit/clock.ts';
import { readAudit } from './audit/read.ts';
import { untilAtRest } from './at-rest.ts';
import { watchProcesses } from './disturbed.ts';
import { flagMode, settleFlag } from './flags.ts';
import { masked } from './masking.ts';
import { readBindings } from './item-uuids.ts';
import { createNemesis, type Nemesis } from './nemesis.ts';
import type { StarvationWatch } from './process/starvation-watch.ts';
import { type Interval, rigMicros } from './observers/clock.ts';
import { openBeforehand } from './open-by-failures.ts';
import { recordBalances, seedRun, tamper } from './run-data.ts';
import { createRunRecorder, type UntimedObservation } from './run-recorder.ts';
import { sabotageDatabase } from './sabotage/sabotage-database.ts';
import type { WireMutant } from './sabotage/wire-mutant.ts';
import type { Slot, SlotSurroundings } from './slot.ts';
import { liveTolerances } from './tolerances.ts';

/** How long after it was written a log line may reach the rig. */
const LOG_DELAY_MICROS = 50_000;

/** What all runs of a lane share. */
export interface LaneContext {
  readonly header: Pick<History, 'system' | 'vantages' | 'readings' | 'accepted' | 'tolerances' | 'timings' | 'roles'>;
  /** What the service's role is allowed to write. It does not change while the lane is open. */
  readonly privileges: UntimedObservation;
  /** The least pause after the last action before losses are judged; 0 for a run whose end is not judged, such as a flight of canaries. */
  readonly quiescenceMsMin: number;
  /** The wire mutant that makes the pair look broken from outside, if there is one. */
  readonly mutant?: WireMutant | undefined;
}

/** The context of a lane that runs this description on this infrastructure. */
export function runContext(
  { description, infrastructure }: Pick<SlotSurroundings, 'description' | 'infrastructure'>,
  privileges: UntimedObservation,
): LaneContext {
  return {
    header: {
      system: description.name,
      vantages: [...description.vantages],
      readings: description.readings,
      accepted: acceptedStatuses(description.trigger.accepts),
      tolerances: liveTolerances(description),
      timings: timingsOf(description.timings),
      roles: { ...description.database.roles, rig: infrastructure.postgres.superuser },
    },
    privileges,
    quiescenceMsMin: QUIESCENCE_MS_MIN.live,
  };
}

/** Runs a scenario. A thrown error means that the rig, its servers or the description failed; it never shows a violation. */
export async function runInSlot(slot: Slot, scenario: Scenario, context: LaneContext): Promise<History> {
  slot.runs += 1;
  const plan = planRun(scenario, { slot: slot.number, run: slot.runs });
  const run = new ScenarioRun(slot, { scenario, plan, context });
  try {
    await new Play(run, { scenario, plan, actions: schedule(scenario) }).run();
    return masked(await run.collect(), slot.description.credentials);
  } finally {
    run.close();
  }
}

interface RunSubject {
  readonly scenario: Scenario;
  readonly plan: RunPlan;
  readonly context: LaneContext;
}

/** One run under way. */
class ScenarioRun implements Stage {
  readonly timings: StageTimings;
  readonly faults: readonly Fault[];
  readonly #slot: Slot;
  readonly #subject: RunSubject;
  readonly #recorder = createRunRecorder();
  readonly #nemesis: Nemesis;
  #sabotagesLeft = 2;
  #clockOffset: ClockOffset | undefined;
  #starvation: StarvationWatch | undefined;
  #startMicros = 0;
  /** When failed calls opened breakers before the run, by the index of the fault. */
  #opened: ReadonlyMap<number, Interval> = new Map();

  constructor(slot: Slot, subject: RunSubject) {
    const { scenario, context } = subject;
    this.#slot = slot;
    this.#subject = subject;
    this.timings = { ...slot.description.timings, quiescenceMsMin: context.quiescenceMsMin };
    this.faults = scenario.faults;
    this.#nemesis = createNemesis(slot, scenario.faults, this.#recorder);
  }

  async prepare(): Promise<void> {
    const slot = this.#slot;
    const { scenario, plan, context } = this.#subject;
    const { mutant } = context;
    const unread = await seedRun(slot, scenario, plan);
    this.#opened = await openBeforehand(slot, scenario.faults, this.#recorder);
    const { budgetMs } = slot.description.timings;
    await slot.observatory.begin(slot.number, {
      items: plan.items.map(({ item, recipient, body }) => ({ item, recipient, body })),
      sabotage: mutant && { mutant: mutant.id, budgetMs },
    });
    for (const process of Object.values(slot.processes)) process.takeLines();
    this.#clockOffset = await sampleClockOffset(slot.database);
    for (const { key, mode } of unread)
      this.#problem('gap', `the mode ${mode} of ${key} was not read before the scenario began`);
    await this.noteBalances();
  }

  startClock(): void {
    const nowMicros = rigMicros();
    this.#startMicros = nowMicros;
    this.#starvation = watchProcesses(this.#slot);
    this.#recorder.note(this.#subject.context.privileges, { earliest: nowMicros, latest: nowMicros });
  }

  nowMicros(): number {
    return rigMicros();
  }

  async until(atMs: number): Promise<void> {
    const waitMs = atMs - (rigMicros() - this.#startMicros) / 1_000;
    if (waitMs > 0) await sleep(waitMs);
  }

  async sleepMs(ms: number): Promise<void> {
    await sleep(ms);
  }

  async rest(boundMs: number): Promise<void> {
    if (boundMs > 0) await sleep(boundMs);
    // The job that left the queue last also needs time to end.
    if (await untilAtRest(this.#slot)) await sleep(this.timings.quiescenceMsMin);
  }

  note(event: ScriptEvent, atMicros = rigMicros()): void {
    this.#recorder.note({ observer: 'rig', ...event }, { earliest: atMicros, latest: atMicros });
  }

  span(event: ScriptEvent, { fromMicros, toMicros }: ClockSpan): void {
    this.#recorder.note({ observer: 'rig', ...event }, { earliest: fromMicros, latest: toMicros });
  }

  noteBalances(): Promise<void> {
    return recordBalances(this.#slot, this.#subject.plan, this.#recorder);
  }

  async apply(fault: number): Promise<void> {
    const opened = this.#opened.get(fault);
    if (opened === undefined) return this.#nemesis.apply(fault);
    this.#recorder.note({ observer: 'nemesis', kind: 'fault-applied', fault }, opened);
  }

  heal(fault: number): Promise<void> {
    return this.#nemesis.heal(fault);
  }

  crash(role: Role): Promise<void> {
    return this.#nemesis.crash(role);
  }

  terminate(role: Role, graceMs: number): Promise<void> {
    return this.#nemesis.terminate(role, graceMs);
  }

  restart(role: Role): Promise<void> {
    return this.#nemesis.restart(role);
  }

  async endFaults(): Promise<void> {
    await this.#nemesis.healAll();
    await this.#sabotageDatabase();
  }

  async flagMode(tenantId: number, mode: string): Promise<void> {
    await flagMode(this.#slot, { tenantId, mode });
    if (await settleFlag(this.#slot, { tenantId, mode })) return;
    this.#problem('stalled', `the flip of tenant ${tenantId} to ${mode} was not read`);
  }

  trigger(campaign: { readonly campaignId: number; readonly tenantId: number }): Promise<UserAnswer> {
    return this.#slot.user.call(this.#slot.description.trigger, { ...campaign });
  }

  async recover(): Promise<UserAnswer | undefined> {
    const answer = await askForRecovery(this.#slot);
    // A pair that sends later writes its rows when it recovers.
    await this.#sabotageDatabase();
    return answer;
  }

  reconcile(): Promise<UserAnswer | undefined> {
    return askForMismatches(this.#slot);
  }

  tamper(item: PlannedItem, mismatch: Extract<Fault, { kind: 'tamper' }>['mismatch']): Promise<void> {
    return tamper(this.#slot, this.#subject.plan, { item, mismatch });
  }

  /** Builds the history of the run from the observations of all observers. */
  async collect(): Promise<History> {
    const { scenario, plan, context } = this.#subject;
    const slot = this.#slot;
    const recorder = this.#recorder;
    this.#recordProcesses();
    this.#recordStarvation();
    recorder.add(await slot.observatory.collect(slot.number));
    if (this.#clockOffset === undefined) throw new Error('the run was collected before it was prepared');
    const clockOffset = offsetBetween(this.#clockOffset, await sampleClockOffset(slot.database));
    recorder.add(await readAudit(slot.database, { description: slot.description, ...clockOffset }));
    const header = {
      ...context.header,
      ...planHeader(plan, slot.description.accounts),
      scenario,
      lane: 'live' as const,
    };
    const bindings = await readBindings(slot, plan);
    const options = bindings === undefined ? {} : { bindings };
    return buildHistory(header, recorder.since(this.#startMicros), options);
  }

  /** Runs the database part of the wire mutant: after all faults are healed and, if it changed nothing then, once more after a recovery. */
  async #sabotageDatabase(): Promise<void> {
    const { plan, context } = this.#subject;
    const { mutant } = context;
    if (mutant === undefined || this.#sabotagesLeft === 0) return;
    this.#sabotagesLeft -= 1;
    const tookEffect = await sabotageDatabase(mutant, { slot: this.#slot, plan, recorder: this.#recorder });
    if (tookEffect) this.#sabotagesLeft = 0;
  }

  close(): void {
    this.#starvation?.close();
  }

  /** Records a problem if a process waited longer for a processor than the tolerances allow: then the system is not to blame for delays. */
  #recordStarvation(): void {
    const longestMs = this.#starvation?.longestMs() ?? 0;
    if (longestMs <= this.#subject.context.header.tolerances.budgetEpsilonMs) return;
    const detail = `the machine kept a process of the system waiting for ${longestMs.toFixed(0)} ms`;
    this.#problem('stalled', detail);
  }

  #problem(problem: 'stalled' | 'gap', detail: string): void {
    const interval = { earliest: this.#startMicros, latest: rigMicros() };
    this.#recorder.note({ observer: 'rig', kind: 'observer-problem', problem, detail }, interval);
  }

  #recordProcesses(): void {
    for (const process of Object.values(this.#slot.processes)) {
      for (const { line, atMicros } of process.takeLines()) {
        this.#recorder.note(
          { observer: `${process.role} log`, kind: 'log', process: process.role, line },
          { earliest: atMicros - LOG_DELAY_MICROS, latest: atMicros },
        );
      }
      for (const atMicros of process.takeDeaths()) {
        this.#recorder.note(
          { observer: 'nemesis', kind: 'crash', process: process.role, expected: false },
          { earliest: atMicros - LOG_DELAY_MICROS, latest: atMicros },
        );
      }
    }
  }
}
