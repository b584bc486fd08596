// Looks for a case that kills a mutant without knowing one: the bounded search and random runs, each up to the first run that breaks one of
// the mutant's own properties, and the smallest case that shrinking makes of what they found.
import type { Oracle } from '../evidence/oracle.ts';
import type { Executor } from '../execution/executor.ts';
import type { SearchSpace, TaskResult, TaskRunner, Violation } from '../execution/search-space.ts';
import type { Case } from '../formats/case.ts';
import { brokenBy, type PropertyId } from '../formats/finding.ts';
import type { MutantRow } from '../formats/mutants.ts';
import type { Mutant } from './mutant.ts';
import { runCase } from './run-case.ts';
import { shrink } from './shrink.ts';
import { weightOf } from './shrink-candidates.ts';

/** What is searched, on one lane of the mutant. */
export interface MutantSearch<Task, Result extends TaskResult> {
  readonly ladder: SearchSpace<Task, Result>;
  readonly random: SearchSpace<Task, Result>;
  readonly runner: TaskRunner<Task, Result>;
  readonly executor: Executor;
  readonly oracle: Oracle;
  readonly signal?: AbortSignal;
  /** Called with the runs that were made so far. */
  onRuns?(runs: number): void;
}

/** The outcome of a search. */
export interface MutantFound {
  readonly search: NonNullable<MutantRow['search']>;
  /** The smallest case that was found; undefined when neither search found any. */
  readonly smallest: Case | undefined;
}

/** The first violation of a space with one of the wanted properties, and how many runs it took. */
interface Hunt {
  readonly runs: number;
  readonly found?: { readonly violation: Violation; readonly fingerprint: string };
}

/** Searches both spaces. */
export async function searchMutant<Task, Result extends TaskResult>(
  mutant: Mutant,
  search: MutantSearch<Task, Result>,
): Promise<MutantFound> {
  const ladder = await hunt(search.ladder, { ...search, wanted: mutant.breaks });
  const random = await hunt(search.random, { ...search, wanted: mutant.breaks });
  const cases: Case[] = [];
  for (const { found } of [ladder, random]) {
    if (found !== undefined) cases.push(await shrunk(found, search));
  }
  const [smallest] = cases.toSorted((a, b) => sizeOf(a) - sizeOf(b));
  return { search: { ladder: effortOf(ladder), random: effortOf(random) }, smallest };
}

async function hunt<Task, Result extends TaskResult>(
  space: SearchSpace<Task, Result>,
  {
    runner,
    signal,
    wanted,
    onRuns,
  }: Pick<MutantSearch<Task, Result>, 'runner' | 'signal' | 'onRuns'> & { readonly wanted: readonly PropertyId[] },
): Promise<Hunt> {
  let runs = 0;
  for (const stage of space.stages()) {
    for (const task of stage.tasks()) {
      signal?.throwIfAborted();
      const result = await runner.run(task);
      for (const violation of result.violations) {
        const fingerprint = violation.fingerprints.find((each) => wanted.some((own) => own === brokenBy(each)));
        if (fingerprint === undefined) continue;
        return { runs: runs + (violation.ordinal ?? result.runs - 1) + 1, found: { violation, fingerprint } };
      }
      runs += result.runs;
      onRuns?.(runs);
      stage.onResult?.(result, task);
    }
    stage.onEnd?.();
  }
  return { runs };
}

async function shrunk(
  { violation, fingerprint }: NonNullable<Hunt['found']>,
  { executor, oracle, signal }: Pick<MutantSearch<unknown, TaskResult>, 'executor' | 'oracle' | 'signal'>,
): Promise<Case> {
  const run = await runCase({ executor, oracle }, violation.case);
  if (run.kind !== 'judged') return violation.case;
  return (await shrink({ executor, oracle, signal, run, fingerprint })).run.case;
}

/** A deviation counts as much as a message. */
function sizeOf({ scenario, deviations }: Case): number {
  return weightOf(scenario) + deviations.length * 100;
}

function effortOf({ runs, found }: Hunt): MutantFound['search']['ladder'] {
  return { runs, isFound: found !== undefined };
}
