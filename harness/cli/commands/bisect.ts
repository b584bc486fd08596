// onesend bisect --good A --bad B FILE: finds the commit of the user's repository that introduced a failure.
import { realpath } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import { bisectStepLine, renderBisect } from '../../../reports/bisect.ts';
import { countOf } from '../../history/counted-words.ts';
import { findConfig } from '../../adapters/find-config.ts';
import type { BisectReport, BisectStep, Commit } from '../../formats/bisect.ts';
import { EXIT_CODES } from '../../formats/decision.ts';
import { UsageError } from '../../platform/errors.ts';
import { firstBad } from '../bisect/first-bad.ts';
import { replayAt, type ReplayedAt } from '../bisect/replay-at.ts';
import { openRepository, type Repository, type Tree } from '../bisect/repository.ts';
import type { CommandContext, RunCommand } from '../command.ts';
import { SYSTEMS } from '../systems.ts';
import { storedFolders } from '../corpus-folder.ts';
import { findStored } from '../find-stored.ts';
import { readStored } from '../read-stored.ts';
import type { ReplayFlags } from './replay.ts';

/** The flags of a bisection. */
export interface BisectFlags extends Pick<
  ReplayFlags,
  'lane' | 'infra' | 'slots' | 'system' | 'json' | 'quiet' | 'color'
> {
  /** A file, or the beginning of an id. */
  readonly file: string;
  readonly good?: string;
  readonly bad: string;
  readonly prepare?: string;
}

/** Finds the first bad commit. Exit code 3 if it is not certain which one that is. */
export const bisectCommand: RunCommand<BisectFlags> = async (flags, context) => {
  if (flags.good === undefined) throw new UsageError('expected --good COMMIT, at which the case does not fail');
  const file = await counterexampleFile(flags.file, { named: flags.system, context });
  const system = systemFile(flags.system, context);
  const repository = await openRepository(process.cwd());
  const good = await repository.resolve(flags.good, '--good');
  const bad = await repository.resolve(flags.bad, '--bad');
  if (good === bad || !(await repository.isAncestor(good, bad)))
    throw new UsageError(`--good ${flags.good}: expected a commit that comes before --bad ${flags.bad}`);
  const report = await repository.withTree(async (tree) => {
    const bisection = new Bisection({ flags: { ...flags, file }, context, repository, tree, system });
    return bisection.run({ good, bad });
  });
  context.screen.result(report, () => renderBisect(report, context.screen.render));
  return report.outcome === 'found' ? EXIT_CODES.pass : EXIT_CODES.inconclusive;
};

interface BisectionOptions {
  readonly flags: BisectFlags;
  readonly context: CommandContext;
  readonly repository: Repository;
  readonly tree: Tree;
  /** The absolute path of the system's file. */
  readonly system: string;
}

/** One bisection: its steps, and the replay at each bad commit. */
class Bisection {
  readonly #options: BisectionOptions;
  readonly #steps: BisectStep[] = [];
  readonly #shown = new Map<string, ReplayedAt>();

  constructor(options: BisectionOptions) {
    this.#options = options;
  }

  /** Replays the case at both ends first: if one of them were wrong, the search between them would end at an arbitrary commit. */
  async run({ good, bad }: { readonly good: string; readonly bad: string }): Promise<BisectReport> {
    const { repository } = this.#options;
    const ends = { good, bad };
    for (const [name, commit] of [
      ['bad', bad],
      ['good', good],
    ] as const) {
      const outcome = await this.#test(commit, `the ${name} end`);
      if (outcome !== name) return this.#report(ends, { outcome: 'ends', message: wrongEnd(name, this.#steps.at(-1)) });
    }
    const test = (commit: string, left: number): Promise<BisectStep['outcome']> =>
      this.#test(commit, `${countOf(left, 'commit')} left`);
    const commits = await firstBad({ good, bad, between: (goods, worst) => repository.between(goods, worst), test });
    const described = await Promise.all(commits.map((commit) => repository.describe(commit)));
    const candidates = described.toSorted((a, b) => Date.parse(b.date) - Date.parse(a.date));
    const [first, ...others] = candidates;
    if (first === undefined || others.length > 0) {
      const message = `the first bad commit is one of ${candidates.length}, because some could not be tested`;
      return this.#report(ends, { outcome: 'open', message, candidates });
    }
    return this.#report(ends, { outcome: 'found', message: 'the first bad commit:', candidates });
  }

  async #test(commit: string, stage: string): Promise<BisectStep['outcome']> {
    const { flags, context, repository, tree, system } = this.#options;
    const about = await repository.describe(commit);
    context.screen.status(`${stage}: ${about.subject}`);
    await tree.checkOut(commit);
    const replayed = await replayAt({
      file: flags.file,
      system: relative(repository.root, await realpath(system)),
      directory: relative(repository.root, await realpath(process.cwd())),
      flags: replayFlags(flags),
      prepare: flags.prepare,
      root: repository.root,
      tree: tree.folder,
      signal: context.signal,
    });
    const { outcome, message } = replayed;
    const step = { ...about, outcome, message };
    this.#steps.push(step);
    if (outcome === 'bad') this.#shown.set(commit, replayed);
    if (!flags.quiet) context.screen.note(`${stage}: ${bisectStepLine(step)}`);
    return outcome;
  }

  #report(
    ends: Pick<BisectReport, 'good' | 'bad'>,
    { candidates = [], ...about }: Pick<BisectReport, 'outcome' | 'message'> & { readonly candidates?: Commit[] },
  ): BisectReport {
    const { flags, system, repository } = this.#options;
    const [first] = about.outcome === 'found' ? candidates : [];
    const { findings, history } = this.#shown.get(first?.commit ?? '')?.report ?? {};
    return {
      format: 'onesend.bisect/1',
      ...about,
      file: flags.file,
      system: relative(repository.root, system),
      ...ends,
      steps: this.#steps,
      candidates,
      ...(findings === undefined || history === undefined ? {} : { findings, history }),
    };
  }
}

/** The absolute path of the counterexample. Throws a UsageError for a folder or a bare scenario. */
async function counterexampleFile(
  name: string,
  { named, context }: { readonly named: string | undefined; readonly context: CommandContext },
): Promise<string> {
  const { files, isFolder } = await findStored(name, await storedFolders(named, context));
  const [file] = files;
  if (isFolder || file === undefined) throw new UsageError(`${name}: expected one counterexample, found a folder`);
  const stored = await readStored(file);
  if ('findings' in stored) return resolve(file);
  throw new UsageError(
    `${file}: expected a counterexample, whose fingerprint identifies the failure, found ${stored.format}`,
  );
}

/** The absolute path of the system's file. Throws a UsageError for a system of Onesend, which the commits do not change. */
function systemFile(named: string | undefined, { folder }: Pick<CommandContext, 'folder'>): string {
  const file = named ?? findConfig(folder);
  if (file !== undefined && !Object.hasOwn(SYSTEMS, file)) return resolve(file);
  throw new UsageError('expected the file of a system in this repository, with --system FILE or as onesend.config.*');
}

/** The flags that the replay at each commit gets too. */
function replayFlags({ lane, infra, slots }: BisectFlags): string[] {
  return [...(lane === undefined ? [] : ['--lane', lane]), '--infra', infra, '--slots', String(slots)];
}

function wrongEnd(name: 'good' | 'bad', step: BisectStep | undefined): string {
  const expected = name === 'bad' ? 'fails' : 'is fixed';
  return `expected that the ${name} end ${expected}: ${step?.message ?? 'it was not replayed'}`;
}
