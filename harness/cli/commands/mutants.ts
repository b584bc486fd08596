// onesend mutants [ID...]: judges whether the rig kills its mutants, by their stored cases or by a new search, on either lane.
import { randomInt } from 'node:crypto';
import { relative, resolve } from 'node:path';
import { renderMutants } from '../../../reports/mutants.ts';
import { loadMutants } from '../../../scenarios/mutants/all-mutants.ts';
import { EXIT_CODES } from '../../formats/decision.ts';
import { isGoodOutcome, type MutantRow, type MutantsReport } from '../../formats/mutants.ts';
import { InterruptedError, UsageError } from '../../platform/errors.ts';
import { suggestion } from '../../platform/nearest-name.ts';
import { type Mutant, showsOn } from '../../runner/mutant.ts';
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
  const judge = await openJudge(mutants, { flags, context });
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

/**
 * Opens the judge of the lane that the flags name. Throws a UsageError for flags that contradict each other, and for a mutant that the live
 * lane cannot judge.
 */
export async function openJudge(
  mutants: readonly Mutant[],
  { flags, context }: { readonly flags: MutantsFlags; readonly context: CommandContext },
): Promise<MutantJudge> {
  const { lane, slots, search, save, runs, seed = randomInt(SEEDS) } = flags;
  const { screen, signal, folder } = context;
  if (lane === 'both') throw new UsageError("--lane both: expected one lane here, 'live' or 'sim'");
  if (save !== undefined && !search) throw new UsageError('--save: expected together with --search');
  if (search && lane === 'live') throw new UsageError('--search: expected together with --lane sim');
  const common = { signal, onProgress: (line: string) => screen.status(line) };
  if (lane === 'live') {
    demandCases(mutants);
    return (await import('../judge-on-live.ts')).openLiveJudge({ ...common, slots });
  }
  const { openSimJudge } = await import('../judge-on-sim.ts');
  return openSimJudge({
    ...common,
    search,
    seed,
    randomRuns: runs ?? RANDOM_RUNS,
    save: save === undefined ? undefined : resolve(folder, save),
    // A note stays on the terminal, also if the command is interrupted later.
    onSaved: (file) => screen.note(`written: ${relative(folder, file)}`),
  });
}

/** Throws a UsageError if the live lane shows a mutant for which neither a case nor a gate is stored, before any process starts. */
function demandCases(mutants: readonly Mutant[]): void {
  const ids = mutants
    .filter((mutant) => showsOn(mutant, 'live') && mutant.killingCase === undefined && mutant.gate === undefined)
    .map(({ id }) => id);
  if (ids.length === 0) return;
  const search = `npx onesend mutants ${ids.join(' ')} --search --save scenarios/mutants/killing-cases`;
  throw new UsageError(`--lane live: expected a stored case for each mutant, found none for ${ids.join(', ')}`, {
    hint: `store one with \`${search}\`, then run npm run build`,
  });
}

/** The mutants with these ids, in the order of `mutants`; all mutants if `ids` is empty. Throws a UsageError for an unknown id. */
export function chooseMutants(ids: readonly string[], mutants: readonly Mutant[]): Mutant[] {
  const known = mutants.map(({ id }) => id);
  const unknown = ids.find((id) => !known.includes(id));
  if (unknown !== undefined) throw new UsageError(`unknown mutant '${unknown}', ${suggestion(unknown, known)}`);
  return mutants.filter(({ id }) => ids.length === 0 || ids.includes(id));
}
