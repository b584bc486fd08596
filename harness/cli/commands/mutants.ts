// onesend mutants [ID...]: judges whether the rig kills its mutants, by their stored cases or by a new search, on either lane.
import { randomInt } from 'node:crypto';
import { renderMutants } from '../../../reports/mutants.ts';
import { loadMutants } from '../../../scenarios/mutants/all-mutants.ts';
import { EXIT_CODES } from '../../formats/decision.ts';
import { isGoodOutcome, type MutantRow, type MutantsReport } from '../../formats/mutants.ts';
import { InterruptedError, UsageError } from '../../platform/errors.ts';
import { suggestion } from '../../platform/nearest-name.ts';
import type { Mutant } from '../../runner/mutant.ts';
import { runInOrder } from '../../runner/run-in-order.ts';
import type { CommandContext, RunCommand } from '../command.ts';
import type { CommonFlags } from '../flags.ts';
import { type MutantJudge, rowOf } from '../mutant-judge.ts';

/** The flags, and the mutants to judge; none means all. */
export interface MutantsFlags extends Pick<
  CommonFlags,
  'json' | 'quiet' | 'color' | 'lane' | 'slots' | 'seed' | 'runs'
> {
  readonly ids: readonly string[];
  readonly search: boolean;
  /** The folder into which the cases that a search finds are written. */
  readonly save?: string;
}

/** The number of random runs of a search without --runs. */
const RANDOM_RUNS = 20_000;
const SEEDS = 2_147_483_647;

/** Judges mutants. Every mutant is judged, even after one that survived. */
export const mutantsCommand: RunCommand<MutantsFlags> = async (flags, context) => {
  const mutants = chooseMutants(flags.ids, await loadMutants());
  const { screen, signal } = context;
  const judge = await openJudge(flags, context);
  const rows: MutantRow[] = [];
  try {
    await runInOrder({
      tasks: mutants,
      capacity: judge.capacity,
      isOver: () => signal.aborted,
      run: (mutant) => rowOf(mutant, judge),
      onResult(row) {
        screen.status(`${rows.push(row)} of ${mutants.length} mutants`);
        return true;
      },
    });
  } finally {
    await judge.close();
  }
  if (signal.aborted) throw new InterruptedError(`interrupted after ${rows.length} mutants`);
  const isGood = rows.every(({ outcome }) => isGoodOutcome(outcome));
  const verdict = isGood ? 'pass' : 'self-check';
  const report: MutantsReport = { format: 'onesend.mutants/1', verdict, lane: judge.lane, mutants: rows };
  screen.result(report, () => renderMutants(report, screen.render));
  return EXIT_CODES[verdict];
};

/** Opens the judge of the lane that the flags name. Throws a UsageError for flags that contradict each other. */
async function openJudge(flags: MutantsFlags, { screen, signal }: CommandContext): Promise<MutantJudge> {
  const { lane, slots, search, save, runs, seed = randomInt(SEEDS) } = flags;
  if (lane === 'both') throw new UsageError("--lane both: expected one lane here, 'live' or 'sim'");
  if (save !== undefined && !search) throw new UsageError('--save: expected together with --search');
  if (search && lane === 'live') throw new UsageError('--search: expected together with --lane sim');
  const common = { signal, onProgress: (line: string) => screen.status(line) };
  if (lane === 'live') return (await import('../judge-on-live.ts')).openLiveJudge({ ...common, slots });
  const { openSimJudge } = await import('../judge-on-sim.ts');
  return openSimJudge({ ...common, search, seed, randomRuns: runs ?? RANDOM_RUNS, save });
}

/** The mutants with these ids, in the order of `mutants`; all mutants if `ids` is empty. Throws a UsageError for an unknown id. */
export function chooseMutants(ids: readonly string[], mutants: readonly Mutant[]): Mutant[] {
  const known = mutants.map(({ id }) => id);
  const unknown = ids.find((id) => !known.includes(id));
  if (unknown !== undefined) throw new UsageError(`unknown mutant '${unknown}', ${suggestion(unknown, known)}`);
  return mutants.filter(({ id }) => ids.length === 0 || ids.includes(id));
}
