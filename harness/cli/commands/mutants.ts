// onesend mutants [ID...]: whether the rig kills its mutants, each by its stored case or by a search anew.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { randomInt } from 'node:crypto';
import { caseSource } from '../../../reports/case-source.ts';
import { renderMutants } from '../../../reports/mutants.ts';
import { GATES } from '../../../scenarios/gates/all-gates.ts';
import { loadMutants } from '../../../scenarios/mutants/all-mutants.ts';
import { system as reference } from '../../../src/reference.ts';
import { checkersOracle } from '../../evidence/checkers-oracle.ts';
import { EXIT_CODES } from '../../formats/decision.ts';
import { isGoodOutcome, type MutantRow, type MutantsReport } from '../../formats/mutants.ts';
import { InterruptedError, UsageError } from '../../platform/errors.ts';
import { writeWhole } from '../../platform/write-whole.ts';
import { judgeMutant } from '../../runner/judge-mutant.ts';
import type { Mutant } from '../../runner/mutant.ts';
import { type MutantFound, searchMutant } from '../../runner/search-mutant.ts';
import { PAIR_DEPTHS } from '../../sim/explore/bounded-search.ts';
import { explorationSpace } from '../../sim/explore/exploration.ts';
import { inlinePool } from '../../sim/explore/inline-pool.ts';
import { openSimLane } from '../../sim/lane.ts';
import type { CommandContext, RunCommand } from '../command.ts';
import type { CommonFlags } from '../flags.ts';
import { suggestion } from '../../platform/nearest-name.ts';

/** The flags of the table, and the mutants that are wanted; none means all. */
export interface MutantsFlags extends Pick<CommonFlags, 'json' | 'quiet' | 'color' | 'seed' | 'runs'> {
  readonly ids: readonly string[];
  readonly search: boolean;
  /** The folder that found cases are written into. */
  readonly save?: string;
}

/** Random runs of a search anew, unless --runs says otherwise. */
const RANDOM_RUNS = 20_000;
const SEEDS = 2_147_483_647;

/** Judges mutants one after the other. Every one is judged, also after one that survived. */
export const mutantsCommand: RunCommand<MutantsFlags> = async (flags, context) => {
  if (flags.save !== undefined && !flags.search) throw new UsageError('--save: expected --search beside it');
  const mutants = chooseMutants(flags.ids, await loadMutants());
  const oracle = checkersOracle;
  const referencePool = inlinePool(await openSimLane(reference), oracle);
  const seed = flags.seed ?? randomInt(SEEDS);
  const rows: MutantRow[] = [];
  for (const mutant of mutants) {
    if (context.signal.aborted) throw new InterruptedError(`interrupted after ${rows.length} mutants`);
    rows.push(await rowOf(mutant, { flags: { ...flags, seed }, context, referencePool, done: rows.length }));
    context.screen.status(`${rows.length} of ${mutants.length} mutants`);
  }
  const isGood = rows.every(({ outcome }) => isGoodOutcome(outcome));
  const verdict = isGood ? 'pass' : 'self-check';
  const report: MutantsReport = { format: 'onesend.mutants/1', verdict, lane: 'sim', mutants: rows };
  context.screen.result(report, () => renderMutants(report, context.screen.render));
  return EXIT_CODES[verdict];
};

/** The mutants with these ids, in the order of the table; all of them when none is named. */
export function chooseMutants(ids: readonly string[], mutants: readonly Mutant[]): Mutant[] {
  const known = mutants.map(({ id }) => id);
  const unknown = ids.find((id) => !known.includes(id));
  if (unknown !== undefined) throw new UsageError(`unknown mutant '${unknown}', ${suggestion(unknown, known)}`);
  return mutants.filter(({ id }) => ids.length === 0 || ids.includes(id));
}

/** What one row is made with. */
interface RowRequest {
  readonly flags: MutantsFlags & { readonly seed: number };
  readonly context: CommandContext;
  readonly referencePool: ReturnType<typeof inlinePool>;
  readonly done: number;
}

async function rowOf(mutant: Mutant, request: RowRequest): Promise<MutantRow> {
  const { id, name, breaks, system } = mutant;
  const started = performance.now();
  const pool = inlinePool(await openSimLane(system), checkersOracle);
  const isSought = request.flags.search && mutant.equivalent === undefined && breaks.length > 0;
  const found = isSought ? await seek(mutant, pool, request) : undefined;
  const judgement = await judgeMutant(
    mutant,
    {
      oracle: checkersOracle,
      gates: GATES,
      reference: request.referencePool.asExecutor(),
      mutant: pool.asExecutor(),
    },
    found?.smallest ?? mutant.killingCase,
  );
  await pool.close();
  const { save } = request.flags;
  const namedBy = breaks.filter((property) => judgement.namedBy.includes(property));
  if (save !== undefined && found?.smallest !== undefined && judgement.outcome === 'killed') {
    await mkdir(save, { recursive: true });
    await writeWhole(join(save, `${id.toLowerCase()}.ts`), caseSource({ id, namedBy, killingCase: found.smallest }));
  }
  const sought = found === undefined ? 0 : found.search.ladder.runs + found.search.random.runs;
  return {
    id,
    name,
    breaks: [...breaks],
    ...judgement,
    runs: judgement.runs + sought,
    durationMs: Math.round(performance.now() - started),
    ...(found === undefined ? {} : { search: found.search }),
  };
}

function seek(
  mutant: Mutant,
  pool: ReturnType<typeof inlinePool>,
  { flags: { seed, runs }, context: { screen, signal } }: RowRequest,
): Promise<MutantFound> {
  return searchMutant(mutant, {
    ladder: explorationSpace({ seed, depths: PAIR_DEPTHS, swarm: 0 }),
    random: explorationSpace({ seed, depths: [], swarm: runs ?? RANDOM_RUNS }),
    runner: pool,
    executor: pool.asExecutor(),
    oracle: checkersOracle,
    signal,
    onRuns: (made) => screen.status(`${mutant.id}: searching, ${made} runs`),
  });
}
