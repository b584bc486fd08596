// The main job on one lane: searches, shrinks violating cases, confirms them, and decides by all evidence. It knows no lane and no system
// by name.
import { decide, metaOf } from '../evidence/decide.ts';
import { addProblem, firstExamples } from '../evidence/fold.ts';
import type { TaskResult } from '../execution/search-space.ts';
import { type Acceptances, isAccepted } from '../formats/baseline.ts';
import type { Counterexample } from '../formats/counterexample.ts';
import type { Demands } from '../formats/decision.ts';
import type { Evidence } from '../formats/evidence.ts';
import { isStateOfSystem } from './came-after.ts';
import { type CorpusOptions, foldCorpus, replayCorpus, violatingIn } from './corpus.ts';
import { Keeper, type KeeperOptions } from './keeper.ts';
import type { LaneCertification } from './result-of.ts';
import type { RunContext } from './run-case.ts';
import { search, type SearchEnd, type SearchOptions, type SearchResult } from './search.ts';

/** What a certification on one lane needs: a search, and an executor that runs again what the search finds. */
export interface CertifyOptions<Task, Result extends TaskResult>
  extends
    RunContext,
    SearchOptions<Task, Result>,
    Pick<CorpusOptions, 'onCorpus'>,
    Pick<KeeperOptions<Task>, 'onCounterexample'> {
  /** The name of the system, for counterexamples and tokens. */
  readonly system: string;
  readonly demands: Demands;
  /** The time for shrinking and explaining all findings together. Default: the limits of `ShrinkBudget` for the lane. */
  readonly shrinkTimeMs?: number | undefined;
  /** Accepted violations: their counterexamples are kept, but they do not make the verdict `violation`, and they do not end the search. */
  readonly baseline?: Acceptances | undefined;
  /** Counterexamples of this system and lane from earlier certifications; they are replayed first. */
  readonly corpus?: readonly Counterexample[] | undefined;
}

/** The outcome of a lane, and why its search ended. */
export interface CertifiedLane extends LaneCertification {
  readonly end: SearchEnd;
}

/** Certifies on one lane, until the search ends, the time is up or the signal is aborted. Findings until then are kept and decided. */
export async function certify<Task, Result extends TaskResult>(
  options: CertifyOptions<Task, Result>,
): Promise<CertifiedLane> {
  const startedMs = performance.now();
  const { executor, demands, signal, baseline, corpus = [] } = options;
  const replayed = await replayCorpus(options);
  const result = await search({
    ...options,
    maxTimeMs: timeLeft(options.maxTimeMs, startedMs),
    isAccepted: (fingerprint) => isAccepted(fingerprint, baseline),
  });
  const { evidence, found, digest, end } = result;
  const stopsAtFirst = options.stopsAtFirst === true && end === 'violation';
  const keeper = new Keeper({ ...options, stopsAtFirst }, { evidence, startedMs, found });
  keeper.keepCorpus(violatingIn(replayed));
  await keeper.keepEach();
  keeper.confirm();
  foldCorpus(evidence, replayed, corpus);
  await explainDoubts(options, result);
  if (signal?.aborted === true && end !== 'interrupted') {
    addProblem(evidence, 'interrupted', 'after the search, while its counterexamples were made');
  }
  return {
    lane: {
      lane: executor.lane,
      decision: decide(evidence, demands, baseline),
      meta: metaOf(evidence, demands),
      demands,
      evidence,
      infrastructure: { ...executor.describe() },
      ...(executor.isDeterministic ? { digest } : {}),
      durationMs: Math.round(performance.now() - startedMs),
      ...(corpus.length === 0 ? {} : { corpus: replayed.map(({ row }) => row) }),
    },
    counterexamples: keeper.counterexamples,
    end,
  };
}

function timeLeft(maxTimeMs: number | undefined, startedMs: number): number | undefined {
  return maxTimeMs === undefined ? undefined : Math.max(0, maxTimeMs - (performance.now() - startedMs));
}

/**
 * A run can depend on more than its case because the system keeps state from earlier runs; then the rig itself can be trusted. But without
 * a violation the search of such a system is inconclusive, because what it did in one run is no evidence of what it does in another.
 */
async function explainDoubts<Task, Result extends TaskResult>(
  options: CertifyOptions<Task, Result>,
  { evidence, doubts }: SearchResult<Result['violations'][number], Task>,
): Promise<void> {
  for (const { doubt, task } of doubts) {
    if (await isStateOfSystem(options, doubt, task)) moveToState(evidence, doubt.code);
  }
}

const STATE = 'inconclusive/keeps-state';

function moveToState({ problems }: Evidence, code: 'self-check/not-repeatable' | 'self-check/deviation-not-met'): void {
  const moved = problems[code];
  if (moved === undefined) return;
  delete problems[code];
  const known = problems[STATE] ?? { count: 0, examples: [] };
  problems[STATE] = {
    count: known.count + moved.count,
    examples: firstExamples([...known.examples, ...moved.examples]),
  };
}
