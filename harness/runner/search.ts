// The search, for any lane: runs the stages of a space one after the other, adds up the evidence of all tasks, and keeps one violating case
// for each fingerprint. By default it continues after a violation, because there can be others. The result does not depend on how many
// tasks run at once, unless a time limit ends the search; then the result says so.
import { createHash } from 'node:crypto';
import { addProblem, emptyEvidence } from '../evidence/fold.ts';
import { mergeEvidence } from '../evidence/merge.ts';
import type { Doubt, SearchSpace, TaskResult, TaskRunner, Violation } from '../execution/search-space.ts';
import type { Evidence, ProblemCode } from '../formats/evidence.ts';
import { Findings, type FoundFingerprint } from './findings.ts';
import { runInOrder } from './run-in-order.ts';
import { grouped } from '../history/counted-words.ts';

/** The progress of the search or the shrinking on one lane. */
export interface Progress {
  readonly phase: 'search' | 'shrink';
  readonly lane: 'live' | 'sim';
  /** How many runs were made or, while shrinking, how many candidates were tried. */
  readonly done: number;
  readonly planned: number;
  /** How many violations with different fingerprints were found so far. */
  readonly violations: number;
  readonly elapsedMs: number;
  /** The violation that is being shrunk: a property, or the kind of an anomaly. */
  readonly subject?: string;
}

/** What a search needs. */
export interface SearchOptions<Task, Result extends TaskResult> {
  readonly space: SearchSpace<Task, Result>;
  readonly runner: TaskRunner<Task, Result>;
  readonly maxTimeMs?: number | undefined;
  /** No task begins once this number of runs was made. */
  readonly maxRuns?: number | undefined;
  /** Whether the first finding ends the search. One that was replayed and did not come up again does not end it. */
  readonly stopsAtFirst?: boolean | undefined;
  /** Whether a fingerprint is accepted; an accepted one does not end the search. */
  readonly isAccepted?: ((fingerprint: string) => boolean) | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /** Called with each violating case that shows new fingerprints, in the order of the tasks. */
  readonly onFinding?: ((violation: Violation, fingerprints: readonly string[]) => void) | undefined;
}

/**
 * Why a search ended. `violation`: at the first finding, or at a run that never ended. `infrastructure`: so many runs failed in a row that
 * the rest would fail too.
 */
export type SearchEnd = 'finished' | 'violation' | 'time' | 'runs' | 'interrupted' | 'infrastructure';

/** What a search found. */
export interface SearchResult<Found extends Violation = Violation, Task = unknown> {
  readonly evidence: Evidence;
  /** The fingerprints in the order in which they were found, each with its smallest case. */
  readonly found: readonly FoundFingerprint<Found, Task>[];
  /** Runs that depended on more than their cases, at most one for each code. */
  readonly doubts: readonly { readonly doubt: Doubt; readonly task: Task }[];
  /** A hash over the digests of all tasks in their order; equal searches of a deterministic lane have equal digests. */
  readonly digest: string;
  readonly end: SearchEnd;
}

/** The longest time that a timer of Node can wait, in milliseconds (24 days); a longer one fires at once. */
const TIMER_MAX_MS = 2 ** 31 - 1;

/** Searches a space. The results of all runs before a stop are in the answer. */
export async function search<Task, Result extends TaskResult>(
  options: SearchOptions<Task, Result>,
): Promise<SearchResult<Result['violations'][number], Task>> {
  const { space, runner, maxTimeMs, signal } = options;
  const sum = new Sum<Task, Result>(options);
  const stop = (end: SearchEnd) => (): void => {
    sum.end ??= end;
    runner.stop();
  };
  const interrupt = stop('interrupted');
  const timer = maxTimeMs === undefined ? undefined : setTimeout(stop('time'), Math.min(maxTimeMs, TIMER_MAX_MS));
  signal?.addEventListener('abort', interrupt);
  if (signal?.aborted === true) interrupt();
  else if (maxTimeMs === 0) stop('time')();
  try {
    for (const stage of space.stages()) {
      sum.planned += stage.planned;
      await runInOrder({
        tasks: stage.tasks(),
        capacity: runner.capacity,
        run: (task) => runner.run(task),
        isOver: () => sum.end !== undefined,
        keepsBegun: !runner.isDeterministic,
        onResult(result, task) {
          stage.onResult?.(result, task);
          return sum.add(result, task);
        },
      });
      stage.onEnd?.();
      if (sum.end !== undefined) break;
    }
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', interrupt);
  }
  return sum.result(space.coverage());
}

/** The problem that is added to the evidence if the search ended early. */
const PROBLEM_OF_END: Readonly<Partial<Record<SearchEnd, ProblemCode>>> = {
  time: 'inconclusive/time-ran-out',
  runs: 'inconclusive/runs-ran-out',
  interrupted: 'interrupted',
};

/** How many failures in a row end the search, at least; fewer are possibly chance. */
const FAILURES_MIN = 3;

/** The sum of all results so far. */
class Sum<Task, Result extends TaskResult> {
  planned = 0;
  end: SearchEnd | undefined;
  readonly #options: SearchOptions<Task, Result>;
  readonly #evidence = emptyEvidence();
  readonly #findings = new Findings<Result['violations'][number], Task>();
  readonly #doubts = new Map<Doubt['code'], { readonly doubt: Doubt; readonly task: Task }>();
  readonly #digest = createHash('sha256');
  readonly #startedMs = performance.now();
  #found = 0;
  #runs = 0;
  #failuresInARow = 0;

  constructor(options: SearchOptions<Task, Result>) {
    this.#options = options;
  }

  /** Adds a result; returns whether more are wanted. */
  add(result: Result, task: Task): boolean {
    this.#runs += result.runs;
    mergeEvidence(this.#evidence, result.evidence);
    this.#digest.update(result.digest);
    for (const doubt of result.doubts ?? []) {
      if (!this.#doubts.has(doubt.code)) this.#doubts.set(doubt.code, { doubt, task });
    }
    if (result.runs > 0) this.#noteFailures(result);
    this.#find(result, task);
    this.#report();
    const { maxRuns = Number.POSITIVE_INFINITY, runner } = this.#options;
    if (this.#runs >= maxRuns && this.#runs < this.planned) this.end ??= 'runs';
    // On a deterministic lane, a task that the search did not stop is cut only by a run that never ends.
    if (result.isCut && runner.isDeterministic) this.end ??= 'violation';
    return this.end === undefined;
  }

  result(coverage: Evidence): SearchResult<Result['violations'][number], Task> {
    const { end = 'finished' } = this;
    mergeEvidence(this.#evidence, coverage);
    const code = PROBLEM_OF_END[end];
    if (code !== undefined)
      addProblem(this.#evidence, code, `${grouped(this.#runs)} of ${grouped(this.planned)} runs were made`);
    return {
      evidence: this.#evidence,
      found: this.#findings.all(),
      doubts: [...this.#doubts.values()],
      digest: this.#digest.digest('hex'),
      end,
    };
  }

  #find({ violations }: Result, task: Task): void {
    const { onFinding, stopsAtFirst = false, isAccepted = () => false } = this.#options;
    for (const violation of violations) {
      const fingerprints = this.#findings.add(violation, task);
      this.#found += fingerprints.length;
      if (fingerprints.length > 0) onFinding?.(violation, fingerprints);
      const isFinal = violation.cameUpAgain !== false && !violation.fingerprints.every(isAccepted);
      if (stopsAtFirst && isFinal) this.end ??= 'violation';
    }
  }

  #noteFailures({ evidence }: TaskResult): void {
    this.#failuresInARow = evidence.problems.infrastructure === undefined ? 0 : this.#failuresInARow + 1;
    const hopeless = Math.max(FAILURES_MIN, this.#options.runner.capacity);
    if (this.#failuresInARow >= hopeless) this.end ??= 'infrastructure';
  }

  #report(): void {
    this.#options.onProgress?.({
      phase: 'search',
      lane: this.#options.runner.lane,
      done: this.#runs,
      planned: this.planned,
      violations: this.#found,
      elapsedMs: performance.now() - this.#startedMs,
    });
  }
}
