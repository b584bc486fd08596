// The sim lane: runs scenarios over a system in virtual time, each by itself or a group of them side by side.
import type { Role } from '../../src/contract/message.ts';
import { DEFAULT_READINGS, type Readings } from '../../src/contract/readings.ts';
import { DEFAULT_TIMINGS, type Settings } from '../../src/contract/settings.ts';
import type { System } from '../../src/contract/system.ts';
import type { TableName } from '../../src/contract/tables.ts';
import { VANTAGES, type Vantage } from '../formats/history.ts';
import type { Lane } from '../execution/executor.ts';
import type { Scenario } from '../formats/scenario.ts';
import { type DrainName, openDrain } from './drain.ts';
import type { EngineBounds, Pulse } from './engine.ts';
import { runBatch } from './run-batch.ts';
import { settleNursery } from './garbage-collection.ts';
import { makeGlobalsGuard } from './globals-guard.ts';
import { collectRejections } from './rejections.ts';
import type { Preparation, SimRequest, SimRun, SimRunOptions } from './run.ts';
import type { SimStoreFactory } from './store-port.ts';
import { createMutex } from '../platform/mutex.ts';
import { DEFAULT_BOUNDS } from './timings.ts';

/** How to open a sim lane. */
export interface SimLaneOptions {
  readonly system: System;
  readonly store: SimStoreFactory;
  /** Numbers that differ from the default ones. */
  readonly settings?: Partial<Omit<Settings, 'serviceUrl' | 'providerUrl'>>;
  readonly readings?: Readings;
  readonly vantages?: readonly Vantage[];
  readonly bounds?: EngineBounds;
  /** Told how far the run under way has come. */
  readonly pulse?: Pulse | undefined;
  /** How many service processes share the work. */
  readonly serviceInstances?: 1 | 2;
  /** The way to drain microtasks; the fastest that works here unless given. */
  readonly drain?: DrainName;
}

/** A sim lane, with what explorers need beyond a lane. */
export interface SimLane extends Lane {
  /** The name of the system. */
  readonly system: string;
  readonly drain: DrainName;
  /** Runs one scenario with deviations. */
  simulate(scenario: Scenario, options?: SimRunOptions): Promise<SimRun>;
  /**
   * Runs what `next` asks for, as fast as it goes, until `next` has nothing more. Runs go side by side, so `next` is asked for some
   * more before the first is told; they are told in the order in which they were asked for.
   */
  explore(next: () => SimRequest | undefined, onRun: (run: SimRun) => void, together?: number): Promise<void>;
}

/** How many runs go side by side: fewer share too little, and the memory of more outlives collections that it need not. */
const RUNS_TOGETHER = 16;

/** Opens a sim lane. */
export async function openSimLane(options: SimLaneOptions): Promise<SimLane> {
  settleNursery();
  const drain = await openDrain(options.drain);
  const preparation = prepareLane(options);
  const globalsGuard = makeGlobalsGuard();
  /** Explorations go one after the other, whoever asks: two at once would see each other's poison. */
  const inTurn = createMutex();

  const explore: SimLane['explore'] = (next, onRun, together = RUNS_TOGETHER) =>
    inTurn(async () => {
      const rejections = collectRejections();
      globalsGuard.install();
      try {
        for (let group = take(next, together); group.length > 0; group = take(next, together)) {
          await runBatch({ preparation, drain, globalsGuard, rejections }, group, onRun);
        }
      } finally {
        globalsGuard.uninstall();
        rejections.restore();
      }
    });

  const simulate = async (scenario: Scenario, runOptions: SimRunOptions = {}): Promise<SimRun> => {
    const requests: SimRequest[] = [{ ...runOptions, scenario }];
    const runs: SimRun[] = [];
    await explore(
      () => requests.pop(),
      (run) => runs.push(run),
    );
    const [run] = runs;
    if (run === undefined) throw new Error('the simulated run came to no end');
    return run;
  };

  return {
    name: 'sim',
    capacity: 1,
    system: options.system.name,
    drain: drain.name,
    simulate,
    explore,
    async run(scenario, laneOptions) {
      laneOptions?.signal?.throwIfAborted();
      return { kind: 'history', history: (await simulate(scenario)).history };
    },
    describe: () => description(drain.name, options),
    close: () => inTurn(() => Promise.resolve()),
  };
}

/** What a lane with these options says of itself; the drain is tried out, and nothing is opened. */
export async function describeSimLane(options: DescribedOptions = {}): Promise<ReturnType<Lane['describe']>> {
  const { name } = await openDrain(options.drain);
  return description(name, options);
}

type DescribedOptions = Pick<SimLaneOptions, 'drain' | 'serviceInstances'>;

function description(drain: DrainName, { serviceInstances = 1 }: DescribedOptions): ReturnType<Lane['describe']> {
  return { drain, 'service processes': String(serviceInstances) };
}

/** The next requests, at most so many. */
function take(next: () => SimRequest | undefined, most: number): SimRequest[] {
  const requests: SimRequest[] = [];
  while (requests.length < most) {
    const request = next();
    if (request === undefined) break;
    requests.push(request);
  }
  return requests;
}

/** Names of the database roles; the rig's own writes are no system's. */
const ROLE_NAMES = { legacy: 'legacy_app', service: 'messaging_service', rig: 'rig' } as const;

/** A fallback must have come so soon after the entry. */
const LIVENESS_MS = 3_000;

/** The least time the simulated clock tells apart, as a tolerance: bounds are exact here. */
const EPSILON_MS = 1;

/** What all runs of a lane with these options share. */
export function prepareLane(options: SimLaneOptions): Preparation {
  const { system, store } = options;
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
    store,
    settings,
    bounds: options.bounds ?? DEFAULT_BOUNDS,
    pulse: options.pulse,
    serviceInstances: options.serviceInstances ?? 1,
    writable: writableBy(system, 'service'),
    plans: new WeakMap(),
    header: {
      lane: 'sim',
      system: system.name,
      vantages: [...(options.vantages ?? VANTAGES)],
      readings: { ...(options.readings ?? DEFAULT_READINGS) },
      tolerances: {
        budgetMs,
        timeoutCauseFromMs: budgetMs,
        timeoutDoubtFromMs: budgetMs,
        budgetEpsilonMs: EPSILON_MS,
        budgetDoubtMs: EPSILON_MS,
        livenessMs: LIVENESS_MS,
      },
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
