// The sim lane: a simulator that runs scenarios over a system in virtual time, one by one or several in a batch.
import { pathToFileURL } from 'node:url';
import type { Role } from '../../src/contract/message.ts';
import type { Readings } from '../../src/contract/readings.ts';
import { DEFAULT_TIMINGS, type Settings } from '../../src/contract/settings.ts';
import type { System } from '../../src/contract/system.ts';
import type { TableName } from '../../src/contract/tables.ts';
import { acceptedStatuses } from '../formats/accepted-statuses.ts';
import { type Vantage, vantagesOf } from '../formats/vantages.ts';
import { timingsOf } from '../execution/timings-of.ts';
import type { Executor, ObservedRun } from '../execution/executor.ts';
import { type Refusal, refusalOfFaults } from '../execution/refusal.ts';
import type { Case } from '../formats/case.ts';
import type { Scenario } from '../formats/scenario.ts';
import { type DrainName, openDrain } from './drain.ts';
import { SIM_REALISERS } from './faults/realisers.ts';
import type { EngineBounds, Pulse } from './engine.ts';
import { runBatch } from './run-batch.ts';
import { tuneHeap } from './garbage-collection.ts';
import { makeGlobalsGuard } from './globals-guard.ts';
import { collectRejections } from './rejections.ts';
import type { Preparation, SimCase, SimRun, SimRunOptions } from './run.ts';
import { makeSimStore } from './store/sim-store.ts';
import { createMutex } from '../platform/mutex.ts';
import { DEFAULT_BOUNDS } from './timings.ts';

/** How to open a sim lane. */
export interface SimLaneOptions {
  /** Numbers that differ from the default ones. */
  readonly settings?: Partial<Omit<Settings, 'serviceUrl' | 'providerUrl'>>;
  readonly readings?: Readings;
  readonly vantages?: readonly Vantage[];
  readonly bounds?: EngineBounds;
  /** Called with how far the run under way has come. */
  readonly pulse?: Pulse | undefined;
  /** The way to drain microtasks; the fastest that works here unless given. */
  readonly drain?: DrainName;
}

/** What a thread that makes runs may be given: the options that are plain data and do not watch over the runs. */
export type SimOptions = Pick<SimLaneOptions, 'drain' | 'bounds'>;

/** Explorations of a thread go one after the other, also those of two lanes: what guards its globals and its rejections is one for all. */
const inTurn = createMutex();

/** A simulator of one system in this thread. */
export interface SimLane {
  /** The name of the system. */
  readonly system: string;
  readonly drain: DrainName;
  /** Runs one scenario with deviations. */
  simulate(scenario: Scenario, options?: SimRunOptions): Promise<SimRun>;
  /**
   * Runs what `next` asks for until `next` has nothing more. Runs go side by side, so `next` is called several times before the first
   * run is reported; runs are reported in the order of the calls.
   */
  explore(next: () => SimCase | undefined, onRun: (run: SimRun) => void, together?: number): Promise<void>;
  /** Waits for the runs that are under way. */
  close(): Promise<void>;
}

/** How many runs go side by side: fewer share too little, and the memory of more outlives collections that it need not. */
const RUNS_TOGETHER = 16;

/** Opens a sim lane. */
export async function openSimLane(system: System, options: SimLaneOptions = {}): Promise<SimLane> {
  tuneHeap();
  const drain = await openDrain(options.drain);
  const preparation = prepareLane(system, options);
  const globalsGuard = makeGlobalsGuard();

  const explore: SimLane['explore'] = (next, onRun, together = RUNS_TOGETHER) =>
    inTurn(async () => {
      const rejections = collectRejections();
      globalsGuard.install();
      try {
        for (let batch = take(next, together); batch.length > 0; batch = take(next, together)) {
          await runBatch({ preparation, drain, globalsGuard, rejections }, batch, onRun);
        }
      } finally {
        globalsGuard.uninstall();
        rejections.restore();
      }
    });

  const simulate = async (scenario: Scenario, runOptions: SimRunOptions = {}): Promise<SimRun> => {
    const cases: SimCase[] = [{ ...runOptions, scenario }];
    const runs: SimRun[] = [];
    await explore(
      () => cases.pop(),
      (run) => runs.push(run),
    );
    const [run] = runs;
    if (run === undefined) throw new Error('the simulated run did not end');
    return run;
  };

  return {
    system: system.name,
    drain: drain.name,
    simulate,
    explore,
    close: () => inTurn(() => Promise.resolve()),
  };
}

/** Opens a sim lane for the system that a compiled module exports as `system`; `module` is the path of the module. */
export async function openSimLaneOf(module: string, options: SimLaneOptions = {}): Promise<SimLane> {
  const { system } = (await import(pathToFileURL(module).href)) as { system: System };
  return openSimLane(system, options);
}

/** Why the sim lane does not run a case; undefined when it does. */
export function simRefusal({ scenario }: Pick<Case, 'scenario'>): Refusal | undefined {
  return refusalOfFaults(scenario.faults, { lane: 'sim', realisers: SIM_REALISERS });
}

/** A simulated run as any lane reports one: plain data, without what only an exploration asks about it. */
export function observedRun({ history, deviations, anomalies }: SimRun): ObservedRun {
  return { kind: 'history', history, deviations, anomalies };
}

/** What the sim lane says about what it runs on. */
export function describeSim({
  drain,
  workers,
}: {
  drain: DrainName;
  workers: number;
}): ReturnType<Executor['describe']> {
  return { drain, workers: String(workers) };
}

/** The next cases, at most so many. */
function take(next: () => SimCase | undefined, most: number): SimCase[] {
  const cases: SimCase[] = [];
  while (cases.length < most) {
    const taken = next();
    if (taken === undefined) break;
    cases.push(taken);
  }
  return cases;
}

/** Names of the database roles; the rig's own writes are no system's. */
const ROLE_NAMES = { legacy: 'legacy_app', service: 'messaging_service', rig: 'rig' } as const;

/** A fallback must have come so soon after the entry. */
const LIVENESS_MS = 3_000;

/** The least time the simulated clock tells apart, as a tolerance: bounds are exact here. */
const EPSILON_MS = 1;

/** What statements of a rehearsal may add to those of other requests: far less than a rehearsal that is waited for. */
const SHADOW_EPSILON_MS = 50;

/** What all runs of a lane with these options share. */
export function prepareLane(system: System, options: SimLaneOptions = {}): Preparation {
  const settingsOf = (role: Role): Settings => ({
    ...DEFAULT_TIMINGS,
    ...options.settings,
    serviceUrl: 'http://service.invalid',
    providerUrl: `http://provider.invalid/${role}`,
  });
  const settings = { legacy: settingsOf('legacy'), service: settingsOf('service') };
  const { budgetMs } = settings.legacy;
  return {
    system,
    store: makeSimStore,
    settings,
    bounds: options.bounds ?? DEFAULT_BOUNDS,
    pulse: options.pulse,
    writable: writableBy(system, 'service'),
    plans: new WeakMap(),
    header: {
      lane: 'sim',
      system: system.name,
      vantages: [...(options.vantages ?? vantagesOf(system))],
      readings: { ...(options.readings ?? system.readings) },
      accepted: acceptedStatuses(),
      tolerances: {
        budgetMs,
        timeoutCauseFromMs: budgetMs,
        timeoutDoubtFromMs: budgetMs,
        budgetEpsilonMs: EPSILON_MS,
        budgetDoubtMs: EPSILON_MS,
        shadowEpsilonMs: SHADOW_EPSILON_MS,
        livenessMs: LIVENESS_MS,
        noiseMs: 0,
      },
      timings: timingsOf({ ...settings.legacy, flagStalenessMs: 0 }),
      roles: ROLE_NAMES,
    },
  };
}

function writableBy(system: System, role: Role): readonly TableName[] {
  const tables = system.grants.flatMap((grant) =>
    grant.role === role && 'table' in grant && grant.privileges.some((privilege) => privilege !== 'SELECT')
      ? [grant.table]
      : [],
  );
  return [...new Set(tables)].toSorted();
}
