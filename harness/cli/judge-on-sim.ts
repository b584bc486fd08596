// Judges mutants on the sim lane, by their stored cases or by a new search.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { caseSource } from '../../reports/case-source.ts';
import { GATES } from '../../scenarios/gates/all-gates.ts';
import { system as reference } from '../../src/reference.ts';
import { checkersOracle } from '../evidence/checkers-oracle.ts';
import { countOf } from '../history/counted-words.ts';
import { writeWhole } from '../platform/write-whole.ts';
import { judgeMutant } from '../runner/judge-mutant.ts';
import { type Mutant, showsOn } from '../runner/mutant.ts';
import { type MutantFound, searchMutant } from '../runner/search-mutant.ts';
import { PAIR_DEPTHS } from '../sim/explore/bounded-search.ts';
import { explorationSpace } from '../sim/explore/exploration.ts';
import { inlinePool } from '../sim/explore/inline-pool.ts';
import { openSimLane } from '../sim/lane.ts';
import type { JudgedMutant, MutantJudge } from './mutant-judge.ts';

/** How mutants are judged on the sim lane. */
export interface SimJudgeOptions {
  /** Searches for a case instead of using the stored one. */
  readonly search: boolean;
  readonly seed: number;
  /** The number of random runs of a search. */
  readonly randomRuns: number;
  /** The folder into which the cases that a search finds are written. */
  readonly save?: string | undefined;
  readonly signal: AbortSignal;
  onProgress(line: string): void;
  /** Called with the path of each case that was written. */
  onSaved(file: string): void;
}

type Pool = ReturnType<typeof inlinePool>;

/** Opens the lane of the reference; each mutant has its own lane while it is judged. */
export async function openSimJudge(options: SimJudgeOptions): Promise<MutantJudge> {
  const baseline = inlinePool(await openSimLane(reference), checkersOracle);
  return {
    lane: 'sim',
    capacity: 1,
    async judge(mutant) {
      const pool = inlinePool(await openSimLane(mutant.system), checkersOracle);
      try {
        return await judgeOn(pool, mutant, { ...options, baseline });
      } finally {
        await pool.close();
      }
    },
    close: () => baseline.close(),
  };
}

async function judgeOn(
  pool: Pool,
  mutant: Mutant,
  options: SimJudgeOptions & { readonly baseline: Pool },
): Promise<JudgedMutant> {
  const { breaks, killingCase } = mutant;
  const isSearched = options.search && showsOn(mutant, 'sim') && breaks.length > 0;
  const found = isSearched ? await searchCase(mutant, pool, options) : undefined;
  const executors = { reference: options.baseline.asExecutor(), mutant: pool.asExecutor() };
  const bench = { oracle: checkersOracle, gates: GATES, ...executors };
  const judgement = await judgeMutant(mutant, bench, found?.smallest ?? killingCase);
  if (found === undefined) return judgement;
  const { search, smallest } = found;
  if (options.save !== undefined && smallest !== undefined && judgement.outcome === 'killed') {
    const namedBy = breaks.filter((property) => judgement.namedBy.includes(property));
    await mkdir(options.save, { recursive: true });
    const file = join(options.save, `${mutant.id.toLowerCase()}.ts`);
    await writeWhole(file, caseSource({ id: mutant.id, namedBy, killingCase: smallest }));
    options.onSaved(file);
  }
  return { ...judgement, runs: judgement.runs + search.ladder.runs + search.random.runs, search };
}

function searchCase(mutant: Mutant, pool: Pool, options: SimJudgeOptions): Promise<MutantFound> {
  const { seed, randomRuns, signal, onProgress } = options;
  return searchMutant(mutant, {
    ladder: explorationSpace({ seed, depths: PAIR_DEPTHS, swarm: 0 }),
    random: explorationSpace({ seed, depths: [], swarm: randomRuns }),
    runner: pool,
    executor: pool.asExecutor(),
    oracle: checkersOracle,
    signal,
    onRuns: (made) => onProgress(`${mutant.id}: searching, ${countOf(made, 'run')}`),
  });
}
