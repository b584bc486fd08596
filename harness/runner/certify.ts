// The main job, on one lane: search, shrink what violates, confirm it, and decide over all evidence. It knows no lane and no system.
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
import { search, type SearchOptions, type SearchResult } from './search.ts';

/** What a certification on one lane needs: a search, and an executor on which what it finds is run again. */
export interface CertifyOptions<Task, Result extends TaskResult>
  extends
    RunContext,
    SearchOptions<Task, Result>,
    Pick<CorpusOptions, 'onCorpus'>,
    Pick<KeeperOptions<Task>, 'onCounterexample'> {
  /** The name of the system, for counterexamples and tokens. */
  readonly system: string;
  readonly demands: Demands;
  /** How long findings may be shrunk and explained, together; what is usual on its lane unless given. */
  readonly shrinkTimeMs?: number | undefined;
  /** What is accepted: it is kept like any violation, and neither decides nor ends the search. */
  readonly baseline?: Acceptances | undefined;
  /** Counterexamples that were found on this system and lane before: they are replayed first. */
  readonly corpus?: readonly Counterexample[] | undefined;
}

/** Certifies on one lane, to the end of the search, its time limit or its signal. What was found until then is always kept and decided. */
export async function certify<Task, Result extends TaskResult>(
  options: CertifyOptions<Task, Result>,
): Promise<LaneCertification> {
  const startedMs = performance.now();
  const { executor, demands, signal, baseline, corpus = [] } = options;
  const replayed = await replayCorpus(options);
  const result = await search({
    ...options,
    maxTimeMs: timeLeft(options.maxTimeMs, startedMs),
    isAccepted: (fingerprint) => isAccepted(fingerprint, baseline),
  });
  const { evidence, found, digest, end } = result;
  const keeper = new Keeper(options, { evidence, startedMs, found });
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
  };
}

function timeLeft(maxTimeMs: number | undefined, startedMs: number): number | undefined {
  return maxTimeMs === undefined ? undefined : Math.max(0, maxTimeMs - (performance.now() - startedMs));
}

/**
 * Runs that depend on more than their cases may do so by the runs before them: then the system keeps state, and the rig can be trusted.
 * What such a system did in one run is no evidence of what it does in another, so without a violation the search shows nothing.
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
