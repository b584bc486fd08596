// Shrinks a counterexample that random runs found, and compares it with the smallest one that an exhaustive search finds.
import { checkersOracle } from '../../harness/evidence/checkers-oracle.ts';
import { fingerprintsOf } from '../../harness/evidence/fingerprint.ts';
import type { SearchSpace } from '../../harness/execution/search-space.ts';
import type { Case } from '../../harness/formats/case.ts';
import { brokenBy } from '../../harness/formats/finding.ts';
import { historyHash } from '../../harness/formats/history.ts';
import { caseSize } from '../../harness/runner/findings.ts';
import type { Mutant } from '../../harness/runner/mutant.ts';
import { runOnce, type RunContext } from '../../harness/runner/run-case.ts';
import { shrink } from '../../harness/runner/shrink.ts';
import { type Depth, PAIR_DEPTHS } from '../../harness/sim/explore/bounded-search.ts';
import { explorationSpace } from '../../harness/sim/explore/exploration.ts';
import { inlinePool } from '../../harness/sim/explore/inline-pool.ts';
import type { ExplorationResult, Task } from '../../harness/sim/explore/task.ts';
import type { WorkerPool } from '../../harness/sim/explore/worker-pool.ts';
import { openSimLane } from '../../harness/sim/lane.ts';

/** How small a counterexample became. A size is the number of messages, faults and deviations. */
export interface Shrinking {
  readonly id: string;
  readonly fingerprint: string;
  readonly found: number;
  readonly shrunk: number;
  /** The size of the smallest known case with this fingerprint: found by exhaustive search, stored, or the shrunk one. */
  readonly least: number;
  readonly tried: number;
  readonly durationMs: number;
  /** How many of ten replays show the fingerprint, and how many different histories these have. */
  readonly replayed: number;
  readonly histories: number;
  readonly case: Case;
  readonly leastCase: Case | undefined;
}

const REPLAYS = 10;

/**
 * Shrinks the largest case of the first random task that breaks one of the mutant's own properties. If none of the runs does, shrinks the
 * mutant's stored case with superfluous parts added. Undefined when there is nothing to shrink.
 */
export async function shrinkFound(
  mutant: Mutant,
  options: { seed: number; runs: number },
): Promise<Shrinking | undefined> {
  const pool = inlinePool(await openSimLane(mutant.system), checkersOracle);
  const context = { executor: pool.asExecutor(), oracle: checkersOracle };
  const found = (await largestFound(mutant, pool, options)) ?? (await storedAndMore(mutant, context));
  if (found === undefined) return undefined;
  const { fingerprint } = found;
  const run = await runOnce(context, found.case);
  if (run.kind !== 'judged') throw new Error(`${mutant.id}: ${run.kind}`);
  const startedMs = performance.now();
  const shrunk = await shrink({ ...context, run, fingerprint });
  const durationMs = performance.now() - startedMs;
  const size = caseSize(shrunk.run);
  const leastCase = await smallest(mutant, { pool, context, fingerprint, below: size });
  const replays = await replayed(shrunk.run.case, fingerprint, context);
  return {
    id: mutant.id,
    fingerprint,
    found: caseSize(found),
    shrunk: size,
    least: Math.min(size, leastCase === undefined ? size : caseSize({ case: leastCase })),
    tried: shrunk.tried,
    durationMs,
    ...replays,
    case: shrunk.run.case,
    leastCase,
  };
}

interface Found {
  readonly case: Case;
  readonly fingerprint: string;
}

async function largestFound(
  { breaks }: Mutant,
  pool: WorkerPool,
  { seed, runs }: { seed: number; runs: number },
): Promise<Found | undefined> {
  for await (const { violations } of resultsOf(explorationSpace({ seed, depths: [], swarm: runs }), pool)) {
    const own = violations.flatMap((violation) =>
      violation.fingerprints
        .filter((fingerprint) => breaks.some((property) => property === brokenBy(fingerprint)))
        .map((fingerprint) => ({ case: violation.case, fingerprint })),
    );
    const [largest] = own.toSorted((a, b) => caseSize(b) - caseSize(a));
    if (largest !== undefined) return largest;
  }
  return undefined;
}

/** The stored case with two superfluous parts: a campaign of another tenant, and a fault that strikes nothing. */
async function storedAndMore({ breaks, killingCase }: Mutant, context: RunContext): Promise<Found | undefined> {
  if (killingCase === undefined) return undefined;
  const { scenario, deviations } = killingCase;
  const more: Case = {
    scenario: {
      ...scenario,
      tenants: [...scenario.tenants, { key: 'beside', mode: 'ON', quota: 10 }],
      steps: [
        ...scenario.steps,
        { kind: 'entry', campaign: 'campaign-beside', tenant: 'beside', messages: 3, atMs: 9_000 },
      ],
      faults: [
        ...scenario.faults,
        { kind: 'latency', stream: 'upstream', latencyMs: 10, jitterMs: 0, fromMs: 9_000, untilMs: 9_500 },
      ],
    },
    deviations,
  };
  const run = await runOnce(context, more);
  if (run.kind !== 'judged') return undefined;
  const own = fingerprintsOf(run.judgement).find((each) => breaks.some((property) => property === brokenBy(each)));
  return own === undefined ? undefined : { case: more, fingerprint: own };
}

/** A case with the fingerprint, of a size less than `below`: tries every placement, the smallest first, and then the stored case. */
async function smallest(
  { killingCase }: Mutant,
  options: { pool: WorkerPool; context: RunContext; fingerprint: string; below: number },
): Promise<Case | undefined> {
  const { pool, context, fingerprint, below } = options;
  const depths = PAIR_DEPTHS.filter((depth) => sizeOf(depth) < below).toSorted((a, b) => sizeOf(a) - sizeOf(b));
  for await (const { violations } of resultsOf(explorationSpace({ seed: 1, depths, swarm: 0 }), pool)) {
    const own = violations.find(({ fingerprints }) => fingerprints.includes(fingerprint));
    if (own !== undefined) return own.case;
  }
  if (killingCase === undefined || caseSize({ case: killingCase }) >= below) return undefined;
  const stored = { scenario: killingCase.scenario, deviations: killingCase.deviations };
  return (await shows(stored, fingerprint, context)) === undefined ? undefined : stored;
}

async function* resultsOf(
  space: SearchSpace<Task, ExplorationResult>,
  pool: WorkerPool,
): AsyncGenerator<ExplorationResult> {
  for (const stage of space.stages()) {
    for (const task of stage.tasks()) {
      const result = await pool.run(task);
      yield result;
      stage.onResult?.(result, task);
    }
    stage.onEnd?.();
  }
}

function sizeOf({ messages, deviations }: Depth): number {
  return messages + deviations;
}

async function replayed(tried: Case, fingerprint: string, context: RunContext) {
  const hashes: string[] = [];
  for (let replay = 0; replay < REPLAYS; replay += 1) {
    const hash = await shows(tried, fingerprint, context);
    if (hash !== undefined) hashes.push(hash);
  }
  return { replayed: hashes.length, histories: new Set(hashes).size };
}

/** The hash of the history; undefined when the run does not show the fingerprint. */
async function shows(tried: Case, fingerprint: string, context: RunContext): Promise<string | undefined> {
  const run = await runOnce(context, tried);
  if (run.kind !== 'judged' || !fingerprintsOf(run.judgement).includes(fingerprint)) return undefined;
  return historyHash(run.judgement.history);
}
