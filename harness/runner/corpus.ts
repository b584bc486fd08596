// The corpus: counterexamples that are kept permanently. A certification replays those of its system and lane before it searches.
import { addProblem } from '../evidence/fold.ts';
import { fingerprintsOf } from '../evidence/fingerprint.ts';
import type { Counterexample } from '../formats/counterexample.ts';
import type { Evidence } from '../formats/evidence.ts';
import { brokenBy } from '../formats/finding.ts';
import type { CaseRun, RunContext } from './run-case.ts';
import { type NamedCase, type Replayed, replayEach } from './replay-each.ts';
import { storedCase } from './stored-case.ts';
import { grouped } from '../history/counted-words.ts';

/** A counterexample of the corpus, with the case that is replayed. */
export interface CorpusCase extends NamedCase {
  readonly counterexample: Counterexample;
}

/** What replaying a corpus needs. After `maxTimeMs` no further entry is replayed. */
export interface CorpusOptions extends Omit<RunContext, 'after'> {
  readonly corpus?: readonly Counterexample[] | undefined;
  readonly maxTimeMs?: number | undefined;
  /** Called with each entry that was replayed. */
  readonly onCorpus?: ((replayed: Replayed) => void) | undefined;
}

/** Replays the corpus. Entries that were not reached within the time are missing in the answer. */
export function replayCorpus({
  corpus = [],
  maxTimeMs = Number.POSITIVE_INFINITY,
  onCorpus,
  ...context
}: CorpusOptions): Promise<Replayed<CorpusCase>[]> {
  const startedMs = performance.now();
  const cases = corpus.map((each) => ({ id: each.id, counterexample: each, ...storedCase(each) }));
  const isOver = (): boolean => performance.now() - startedMs >= maxTimeMs;
  return replayEach(cases, { ...context, isOver, onReplayed: onCorpus });
}

/** A violating run of an entry of the corpus, and the fingerprint for which it is kept. */
export interface StillViolating {
  readonly run: CaseRun;
  readonly fingerprint: string;
  readonly after: Counterexample['after'];
}

/** The violating runs of the FAILED and the CHANGED entries. They are kept, confirmed and decided like any other violation. */
export function violatingIn(replayed: readonly Replayed<CorpusCase>[]): StillViolating[] {
  return replayed.flatMap(({ stored: { counterexample, fingerprint: expected = '' }, replay: { run } }) => {
    const shown = run === undefined ? [] : fingerprintsOf(run.judgement);
    const broken = brokenBy(expected);
    const fingerprint =
      shown.find((each) => each === expected) ?? shown.find((each) => brokenBy(each) === broken) ?? shown[0];
    return run === undefined || fingerprint === undefined ? [] : [{ run, fingerprint, after: counterexample.after }];
  });
}

/** Adds the other entries to the evidence: STALE ones, ERROR ones, and those that were not reached. */
export function foldCorpus(
  evidence: Evidence,
  replayed: readonly Replayed<CorpusCase>[],
  corpus: readonly Counterexample[],
): void {
  for (const { row } of replayed) {
    const { id, outcome, verdict, message } = row;
    if (outcome !== 'STALE' && outcome !== 'ERROR') continue;
    const example = `${id}: ${message}`;
    if (verdict === 'self-check') addProblem(evidence, 'self-check/not-repeatable', example);
    else if (verdict === 'infrastructure') addProblem(evidence, 'infrastructure', example);
    else addProblem(evidence, 'inconclusive/corpus', example);
  }
  const left = corpus.length - replayed.length;
  if (left > 0)
    addProblem(
      evidence,
      'inconclusive/corpus',
      `${grouped(left)} of ${grouped(corpus.length)} entries were not replayed`,
    );
}
