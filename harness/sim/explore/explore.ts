// An exploration: the ladder rung by rung, then the swarm. What it comes to is a function of seed and rungs, however many workers share
// it, unless a bound of time cuts it short; then it says so.
import { createHash } from 'node:crypto';
import type { Scenario } from '../../formats/scenario.ts';
import { RandomSource } from '../random.ts';
import { type Crew, LivelockError } from './worker-pool.ts';
import { Ladder, type Rung } from './bounded-search.ts';
import { emptyTally, mergeTally, type TallyData } from './sim-tally.ts';
import type { Node, Unit, UnitOutcome, Violation } from './task.ts';

/** What is explored, and how far. */
export interface ExploreOptions {
  readonly crew: Crew;
  readonly seed: number;
  readonly rungs: readonly Rung[];
  /** How many random runs follow the ladder. */
  readonly swarm: number;
  readonly maxTimeMs?: number | undefined;
  /** No unit is begun once so many runs are done. */
  readonly maxRuns?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: { done: number; planned: number; violations: number }) => void) | undefined;
}

/** How far one rung came. `planned` is null when the rung below was not finished, so that nobody knows. */
export interface RungOutcome extends Rung {
  readonly planned: number | null;
  readonly run: number;
  /** Runs that were not deviated from further, as another stands for them. */
  readonly pruned: number;
}

/** Why an exploration ended. */
export type ExploreEnd = 'finished' | 'violation' | 'time' | 'runs' | 'interrupted' | 'livelock';

/** What an exploration came to. */
export interface Exploration {
  readonly rungs: readonly RungOutcome[];
  readonly swarm: { readonly planned: number; readonly run: number };
  readonly tally: TallyData;
  /** The first violating run of each property, in the order of the exploration: those with the fewest deviations. */
  readonly violations: readonly Violation[];
  readonly anomalies: readonly string[];
  readonly doubts: readonly string[];
  readonly selfCheck: readonly string[];
  readonly compared: number;
  /** Over the digests of all units: equal for equal explorations. */
  readonly digest: string;
  readonly end: ExploreEnd;
}

const SWARM_UNIT = 250;

/** Explores. Rejects only for mistakes of the rig itself. */
export async function explore(options: ExploreOptions): Promise<Exploration> {
  const sum = new Sum(options);
  const stop = (end: ExploreEnd) => (): void => {
    sum.end ??= end;
    options.crew.stop();
  };
  const timer = options.maxTimeMs === undefined ? undefined : setTimeout(stop('time'), options.maxTimeMs);
  const interrupt = stop('interrupted');
  options.signal?.addEventListener('abort', interrupt);
  if (options.signal?.aborted === true) interrupt();
  try {
    await climb(options, sum);
    await swarm(options, sum);
  } catch (error) {
    if (!(error instanceof LivelockError)) throw error;
    sum.livelock(error);
  } finally {
    clearTimeout(timer);
    options.signal?.removeEventListener('abort', interrupt);
  }
  return sum.exploration();
}

/** A rung with a violation is finished, so that it tells of each property it breaks; nothing after it is tried. */
async function climb({ crew, rungs, seed }: ExploreOptions, sum: Sum): Promise<void> {
  const ladder = new Ladder(rungs, seed);
  for (const rung of rungs) {
    if (sum.end !== undefined) {
      sum.rungs.push({ ...rung, planned: null, run: 0, pruned: 0 });
      continue;
    }
    const planned = ladder.planned(rung);
    const before = sum.runs;
    const nodes = new Map<Scenario, Node[]>();
    sum.begin(planned);
    await crew.run(ladder.units(rung), (outcome, unit) => {
      if (unit.kind !== 'swarm') append(nodes, unit.scenario, outcome.nodes);
      return sum.add(outcome);
    });
    sum.rungs.push({ ...rung, planned, run: sum.runs - before, pruned: ladder.climb(rung, nodes) });
    if (sum.hasViolation) sum.end ??= 'violation';
  }
}

function append(nodes: Map<Scenario, Node[]>, scenario: Scenario, more: readonly Node[]): void {
  const own = nodes.get(scenario);
  if (own === undefined) nodes.set(scenario, [...more]);
  else own.push(...more);
}

async function swarm({ crew, seed, swarm: count }: ExploreOptions, sum: Sum): Promise<void> {
  if (sum.end !== undefined) return;
  const before = sum.runs;
  sum.begin(count);
  await crew.run(swarmUnits(seed, count), (outcome) => sum.add(outcome) && !sum.hasViolation);
  sum.swarmRuns = sum.runs - before;
  if (sum.hasViolation) sum.end ??= 'violation';
}

/** Each unit has a seed of its own, far from those of its neighbours and of the swarms of other seeds. */
export function* swarmUnits(seed: number, count: number): Generator<Extract<Unit, { kind: 'swarm' }>> {
  const random = new RandomSource(seed);
  for (let from = 0; from < count; from += SWARM_UNIT) {
    const own = random.below(SEEDS, { site: 'swarm', message: '', attempt: from / SWARM_UNIT });
    yield { kind: 'swarm', seed: own, count: Math.min(SWARM_UNIT, count - from) };
  }
}

/** Seeds are whole numbers below it, as those of the generator of scenarios. */
const SEEDS = 2_147_483_647;

const MOST_SENTENCES = 20;

/** The growing sum of all outcomes. */
class Sum {
  readonly rungs: RungOutcome[] = [];
  swarmRuns = 0;
  runs = 0;
  end: ExploreEnd | undefined;
  readonly #options: ExploreOptions;
  readonly #tally = emptyTally();
  readonly #violations = new Map<string, Violation>();
  readonly #anomalies: string[] = [];
  readonly #doubts: string[] = [];
  readonly #selfCheck: string[] = [];
  readonly #digest = createHash('sha256');
  #compared = 0;
  #planned = 0;

  constructor(options: ExploreOptions) {
    this.#options = options;
  }

  get hasViolation(): boolean {
    return this.#violations.size > 0;
  }

  begin(planned: number): void {
    this.#planned += planned;
  }

  /** Adds an outcome; false when no more are wanted. */
  add(outcome: UnitOutcome): boolean {
    for (const violation of outcome.violations) this.#violates(violation);
    this.runs += outcome.runs;
    mergeTally(this.#tally, outcome.tally);
    keep(this.#doubts, outcome.doubts);
    keep(this.#selfCheck, outcome.selfCheck);
    this.#compared += outcome.compared;
    this.#digest.update(outcome.digest);
    const { onProgress, maxRuns = Number.POSITIVE_INFINITY } = this.#options;
    onProgress?.({ done: this.runs, planned: this.#planned, violations: this.#violations.size });
    if (this.runs >= maxRuns && this.runs < this.#planned) this.end ??= 'runs';
    return !outcome.isCut && this.end === undefined;
  }

  livelock({ run, message: sentence }: LivelockError): void {
    this.end = 'livelock';
    if (run === undefined) {
      this.#anomalies.push(sentence);
      return;
    }
    const { scenario, deviations } = run;
    this.#violates({ scenario, deviations, properties: [], anomaly: { kind: 'livelock', sentence }, ordinal: 1 });
  }

  exploration(): Exploration {
    return {
      rungs: this.rungs,
      swarm: { planned: this.#options.swarm, run: this.swarmRuns },
      tally: this.#tally,
      violations: [...this.#violations.values()],
      anomalies: this.#anomalies,
      doubts: this.#doubts,
      selfCheck: this.#selfCheck,
      compared: this.#compared,
      digest: this.#digest.digest('hex'),
      end: this.end ?? 'finished',
    };
  }

  #violates(violation: Violation): void {
    const { anomaly, properties } = violation;
    for (const key of anomaly === undefined ? properties : [anomaly.kind]) {
      if (this.#violations.has(key)) continue;
      if (anomaly !== undefined) this.#anomalies.push(anomaly.sentence);
      this.#violations.set(key, { ...violation, ordinal: this.runs + violation.ordinal });
    }
  }
}

function keep(list: string[], more: readonly string[]): void {
  for (const sentence of more) if (list.length < MOST_SENTENCES) list.push(sentence);
}
