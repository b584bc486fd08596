// The sim lane: a simulator that runs scenarios of one system in virtual time, one by one or several in a batch.
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
  /** Settings that differ from the defaults. */
  readonly settings?: Partial<Omit<Settings, 'serviceUrl' | 'providerUrl'>>;
  readonly readings?: Readings;
  readonly vantages?: readonly Vantage[];
  readonly bounds?: EngineBounds;
  /** Called with the number of each event of the run under way. */
  readonly pulse?: Pulse | undefined;
  /** The way to drain microtasks; by default the fastest that works on this Node. */
  readonly drain?: DrainName;
}

/** The options that a worker thread gets from outside: plain data. */
export type SimOptions = Pick<SimLaneOptions, 'drain' | 'bounds'>;

/** Explorations of a thread run one after the other, even those of different lanes: they share its globals and its rejection listener. */
const inTurn = createMutex();

/** A simulator of one system in this thread. */
export interface SimLane {
  /** The name of the system. */
  readonly system: string;
  readonly drain: DrainName;
  /** Runs one scenario with deviations. */
  simulate(scenario: Scenario, options?: SimRunOptions): Promise<SimRun>;
  /**
   * Runs the cases that `next` returns until it returns undefined. `together` runs go side by side, so `next` is called several times
   * before the first run is reported. Runs are reported in the order of the calls.
   */
  explore(next: () => SimCase | undefined, onRun: (run: SimRun) => void, together?: number): Promise<void>;
  /** Waits for the runs that are under way. */
  close(): Promise<void>;
}

/**
 * How many runs go side by side by default. With fewer, each run bears a larger part of the fixed costs of a batch; with more, objects of
 * runs survive a garbage collection that happens while the batch is under way, and have to be copied.
 */
const RUNS_TOGETHER = 16;

/** Opens a sim lane, and sets V8's flags for this process. Throws when the named drain does not work on this Node. */
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

/** Why the sim lane refuses a case; undefined when it runs it. */
export function simRefusal({ scenario }: Pick<Case, 'scenario'>): Refusal | undefined {
  return refusalOfFaults(scenario.faults, { lane: 'sim', realisers: SIM_REALISERS });
}

/** A simulated run in the form that every lane reports: plain data, without what only an exploration needs. */
export function observedRun({ history, deviations, anomalies }: SimRun): ObservedRun {
  return { kind: 'history', history, deviations, anomalies };
}

/** How the sim lane describes the machinery that it runs on: its drain and the number of its worker threads. */
export function describeSim({
  drain,
  workers,
}: {
  drain: DrainName;
  workers: number;
}): ReturnType<Executor['describe']> {
  return { drain, workers: String(workers) };
}

/** The next cases, at most `most`; empty when `next` has no more. */
function take(next: () => SimCase | undefined, most: number): SimCase[] {
  const cases: SimCase[] = [];
  while (cases.length < most) {
    const taken = next();
    if (taken === undefined) break;
    cases.push(taken);
  }
  return cases;
}

/** The names of the database roles. The rig has one of its own, so that its writes are not taken for those of a system. */
const ROLE_NAMES = { legacy: 'legacy_app', service: 'messaging_service', rig: 'rig' } as const;

/** How soon after the entry a fallback send must have come, once faults are healed. */
const LIVENESS_MS = 3_000;

/** The tolerance of the caller's budget: one millisecond, because virtual time is exact. */
const EPSILON_MS = 1;

/** How much longer a user is allowed to wait in SHADOW than in OFF: time for a few statements, but not for a whole rehearsal. */
const SHADOW_EPSILON_MS = 50;

/** Makes what all runs of a lane with these options share. */
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
