// One run: `prepareRun` makes its world, `run-batch.ts` runs it to its end, and `SimRun` makes a history of what was observed.
import type { Role } from '../../src/contract/message.ts';
import type { Settings } from '../../src/contract/settings.ts';
import type { System } from '../../src/contract/system.ts';
import { sha256 } from '../platform/canonical-json.ts';
import { messageOf } from '../platform/thrown.ts';
import type { Anomaly, AnomalyKind } from '../formats/anomaly.ts';
import type { Observation } from '../formats/event.ts';
import type { WorldState } from '../formats/dump.ts';
import type { History } from '../formats/history.ts';
import type { Scenario } from '../formats/scenario.ts';
import { eventsOf } from '../history/events-of.ts';
import { buildHistory, type HistoryHeader } from '../history/build.ts';
import type { Deviation } from '../formats/case.ts';
import { Decider, type DeciderOptions, type DecisionPoint } from './decide.ts';
import { Engine, type EngineBounds, type EngineEnding, type Pulse } from './engine.ts';
import { holdUpOf } from './equal-fault.ts';
import type { EventOrder } from './event-queue.ts';
import { planHeader, planRun, type RunPlan } from '../execution/run-plan.ts';
import { type Seed, seedsOf } from './rig-data.ts';
import { ScenarioRun } from './scenario-run.ts';
import { type ScheduledAction, schedule } from '../execution/schedule.ts';
import type { SimStoreFactory } from './store-port.ts';
import { World } from './world.ts';
import { type WorldParts, worldState } from './world-state.ts';

/** The deviations of one run, whether it records its decisions, and where it stops. */
export interface SimRunOptions extends DeciderOptions {
  /**
   * The number of the event that never ended when this run was made before. The run stops before that event and reports a livelock.
   */
  readonly livelockAt?: number;
  /** The run stops after the last event up to this moment, so that its world can be dumped. */
  readonly untilMicros?: number;
}

/** A scenario to run, with the options of the run. */
export interface SimCase extends SimRunOptions {
  readonly scenario: Scenario;
}

/** What all runs of a lane share. */
export interface Preparation {
  readonly system: System;
  readonly store: SimStoreFactory;
  readonly settings: Readonly<Record<Role, Settings>>;
  readonly header: Omit<History, 'format' | 'scenario' | 'tenants' | 'items' | 'events'>;
  readonly writable: readonly string[];
  readonly bounds: EngineBounds;
  /** What was prepared for scenarios that ran before: explorers run the same scenario many times. */
  readonly plans: WeakMap<Scenario, PreparedScenario>;
  /** Set by watchdogs only. */
  readonly pulse?: Pulse | undefined;
  /** Set by tests of the engine only. */
  readonly order?: EventOrder;
}

/** What depends on the scenario alone, and so is the same in all its runs. */
export interface PreparedScenario {
  readonly plan: RunPlan;
  readonly actions: readonly ScheduledAction[];
  readonly seeds: readonly Seed[];
  readonly header: HistoryHeader;
}

/** The database's clock at the start of every run: 2026-01-01T00:00:00Z. */
const EPOCH_MICROS = Date.UTC(2026, 0, 1) * 1_000;

/** The result of one run. */
export class SimRun {
  readonly scenario: Scenario;
  readonly anomalies: readonly Anomaly[];
  /** Every decision that came up; empty unless the run was recording. */
  readonly points: readonly DecisionPoint[];
  /** The decisions with another choice than the undisturbed one. */
  readonly deviations: readonly Deviation[];
  readonly events: number;
  readonly virtualMicros: number;
  readonly #world: World;
  readonly #header: HistoryHeader;
  readonly #parts: () => WorldParts;
  #history: History | undefined;

  constructor({ world, header, parts }: { world: World; header: HistoryHeader; parts: () => WorldParts }) {
    this.scenario = world.scenario;
    this.anomalies = world.anomalies;
    this.points = world.decider.points;
    this.deviations = world.decider.taken;
    this.events = world.engine.eventsDone;
    this.virtualMicros = world.nowMicros;
    this.#world = world;
    this.#header = header;
    this.#parts = parts;
  }

  /** The state of the world in which the run has stopped. */
  state(): WorldState {
    return worldState(this.#parts());
  }

  /** The history, made on first access. Its scenario also lists the faults that decisions equal. */
  get history(): History {
    return (this.#history ??= buildHistory(this.#fullHeader(), this.#world.recorder.observations));
  }

  /**
   * The moments at which the flagged modes can make a difference, in microseconds and unordered: a statement read or changed the flags; a
   * message was triggered or entered (the oracle judges it by the modes between the two); the run waited for flips under way before it
   * healed its faults.
   */
  flagUses(): readonly number[] {
    const triggers = eventsOf(this.history, 'trigger').map(({ earliest }) => earliest);
    const entries = eventsOf(this.history, 'entry').flatMap(({ statementEarliest, latest }) => [
      statementEarliest,
      latest,
    ]);
    return [...this.#world.flagUses, ...triggers, ...entries];
  }

  /**
   * A digest of all observations and of every decision point with its time, for explorers. The rig's own notes of its decisions are left
   * out. Equal traces mean that a deviation changed nothing, or that two deviations had the same effect. The run must be recording.
   */
  trace(): string {
    const { scenario, recorder, decider } = this.#world;
    const isOwnNote = (event: Observation): boolean =>
      (event.kind === 'fault-applied' || event.kind === 'fault-healed') && event.fault >= scenario.faults.length;
    // `seq` depends on the number of the rig's own notes before the event, and on whether the history has been made already.
    const seen = recorder.observations
      .filter((event) => !isOwnNote(event))
      .map((event) => Object.assign({}, event, { seq: 0 }));
    const met = decider.points.map(({ site, key, attempt, atMicros }) => [site.name, key, attempt, atMicros]);
    return sha256(JSON.stringify([seen, met]));
  }

  /** The header, with the faults that decisions equal added to its scenario. */
  #fullHeader(): HistoryHeader {
    const { scenario, faultsOfDecisions } = this.#world;
    if (faultsOfDecisions.length === 0) return this.#header;
    return { ...this.#header, scenario: { ...scenario, faults: [...scenario.faults, ...faultsOfDecisions] } };
  }
}

/** A run that is ready to start. */
export interface ReadyRun {
  readonly engine: Engine;
  readonly world: World;
  main(): Promise<void>;
  /** Makes the result from the ending of the engine and the reasons of unhandled promise rejections. */
  conclude(ending: EngineEnding, rejections: readonly unknown[]): SimRun;
}

/** Makes the world of one run, which is ready to start. */
export function prepareRun(preparation: Preparation, scenario: Scenario, options: SimRunOptions): ReadyRun {
  const { system, settings, writable, order, pulse } = preparation;
  const { livelockAt, untilMicros } = options;
  const { bounds } = preparation;
  const within = {
    events: livelockAt === undefined ? bounds.events : livelockAt - 1,
    virtualMicros: untilMicros === undefined ? bounds.virtualMicros : Math.min(untilMicros, bounds.virtualMicros),
  };
  const engine = new Engine(within, { order, pulse });
  const decider = new Decider(options, engine.clock);
  const { plan, actions, seeds, header } = planned(preparation, scenario);
  const world = new World({ engine, decider, scenario, plan, settings });
  const store = preparation.store(
    {
      engine,
      random: world.random,
      databaseMicros: () => EPOCH_MICROS + engine.clock.nowMicros,
      asks: (site) => decider.isOpenAt(site),
      decide: (site, key) => decider.decide(site, key),
      holdUp: (process, what, lastsMs) => world.disturb(holdUpOf(process, what), lastsMs),
      onLook: (table, atMicros) => {
        if (table === 'feature_flags') world.flagUses.push(atMicros);
      },
      log: (process, line) => world.recorder.note({ kind: 'log', process, line }),
      recordRow: (change) => {
        if (change.table === 'feature_flags') world.flagUses.push(engine.clock.nowMicros);
        world.recorder.note(change);
      },
    },
    system,
  );
  const { rig, ...roleNames } = header.roles;
  const run = new ScenarioRun(world, {
    system,
    store,
    roleNames,
    actions,
    seeds,
    rigName: rig,
    writable,
  });
  return {
    engine,
    world,
    main: () => run.run(),
    conclude(ending, rejections) {
      const isStopped = ending.kind === 'out-of-time' && ending.virtualMicros === untilMicros;
      if (!isStopped) recordAnomalies(world, ending, { rejections, livelockAt });
      return new SimRun({ world, header, parts: () => run.parts });
    },
  };
}

function planned({ plans, header }: Preparation, scenario: Scenario): PreparedScenario {
  const known = plans.get(scenario);
  if (known !== undefined) return known;
  const plan = planRun(scenario);
  const made = {
    plan,
    actions: schedule(scenario),
    seeds: seedsOf(scenario, plan),
    header: { ...header, ...planHeader(plan), scenario },
  };
  plans.set(scenario, made);
  return made;
}

const ENDINGS: Readonly<Record<Exclude<EngineEnding['kind'], 'finished'>, AnomalyKind>> = {
  failed: 'engine',
  stuck: 'deadlock',
  'out-of-events': 'out-of-events',
  'out-of-time': 'out-of-time',
};

/** Anomalies after which the observations of a run prove nothing. */
const VOIDING: ReadonlySet<AnomalyKind> = new Set<AnomalyKind>([
  'engine',
  'deadlock',
  'livelock',
  'out-of-events',
  'out-of-time',
  'forbidden-call',
  'failed-boot',
]);

/** Adds the anomalies that the end of a run shows, and notes in the history all anomalies after which it proves nothing. */
function recordAnomalies(
  world: World,
  ending: EngineEnding,
  { rejections, livelockAt }: { rejections: readonly unknown[]; livelockAt: number | undefined },
): void {
  for (const reason of rejections)
    world.reportAnomaly('unhandled-rejection', `a promise rejection was not handled: ${messageOf(reason)}`);
  if (ending.kind === 'out-of-events' && livelockAt !== undefined) {
    world.reportAnomaly('livelock', `the work that event ${livelockAt} starts never ends`);
  } else if (ending.kind !== 'finished') world.reportAnomaly(ENDINGS[ending.kind], sentenceOf(ending));
  for (const { kind, message } of world.anomalies) {
    if (VOIDING.has(kind)) world.recorder.note({ kind: 'observer-problem', problem: 'gap', detail: message });
  }
}

function sentenceOf(ending: Exclude<EngineEnding, { kind: 'finished' }>): string {
  switch (ending.kind) {
    case 'failed':
      return `the simulated run failed: ${messageOf(ending.error)}`;
    case 'stuck':
      return 'the run still waits, and no event is left that could wake it';
    case 'out-of-events':
      return `the run took more than ${ending.events} events: a livelock, or a bound too small`;
    case 'out-of-time':
      return `the run took more than ${ending.virtualMicros / 1_000_000} s of virtual time: a livelock, or a bound too small`;
  }
}
