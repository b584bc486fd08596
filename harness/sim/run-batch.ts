// Makes a batch of runs: prepares them, drives them side by side to their ends, and reports them one by one.
import { type Drain, outsideMicrotasks, type SynchronousDrain } from './drain.ts';
import type { EngineEnding } from './engine.ts';
import type { GlobalsGuard } from './globals-guard.ts';
import type { RejectionCollector } from './rejections.ts';
import { type Preparation, prepareRun, type ReadyRun, type SimCase, type SimRun } from './run.ts';
import { runTogether, runTogetherNow } from './batch.ts';
import type { World } from './world.ts';

/** What all batches of an exploration share. */
export interface BatchContext {
  readonly preparation: Preparation;
  readonly drain: Drain;
  readonly globalsGuard: GlobalsGuard;
  readonly rejections: RejectionCollector;
}

/**
 * Makes a batch of runs side by side and reports them in the order of the cases. A forbidden call or an unhandled rejection cannot be
 * attributed to one run of a batch. In that case each run of the batch is repeated alone, with the same result.
 */
export async function runBatch(
  context: BatchContext,
  cases: readonly SimCase[],
  onRun: (run: SimRun) => void,
): Promise<void> {
  for (const each of await runOnce(context, cases, onRun)) await runOnce(context, [each], onRun);
}

/**
 * Makes and reports a batch, or returns the cases that must be repeated alone. With a synchronous drain the whole batch happens in one
 * turn of the event loop. V8 collects garbage between turns and copies the objects that are alive: by then none of the batch's are.
 */
async function runOnce(
  context: BatchContext,
  cases: readonly SimCase[],
  onRun: (run: SimRun) => void,
): Promise<readonly SimCase[]> {
  const { drain, globalsGuard, rejections } = context;
  if (drain.isSynchronous) {
    return outsideMicrotasks(() => {
      const batch = Batch.withGuardedGlobals(context, cases);
      return batch.report(endNow(batch.runs, { drain, globalsGuard, rejections }), onRun);
    });
  }
  const batch = Batch.withGuardedGlobals(context, cases);
  const endings = await runTogether(batch.runs, drain).finally(() => globalsGuard.disarm());
  return batch.report({ endings, reasons: await rejections.take() }, onRun);
}

interface BatchEnding {
  readonly endings: readonly EngineEnding[];
  /** The reasons of unhandled rejections. */
  readonly reasons: readonly unknown[];
}

/** Drives runs to their ends synchronously. Must be called outside any microtask. */
function endNow(
  runs: readonly ReadyRun[],
  { drain, globalsGuard, rejections }: Pick<BatchContext, 'globalsGuard' | 'rejections'> & { drain: SynchronousDrain },
): BatchEnding {
  try {
    return { endings: runTogetherNow(runs, drain), reasons: rejections.takeNow() };
  } finally {
    globalsGuard.disarm();
  }
}

/** The runs of one batch, ready to start. */
class Batch {
  readonly runs: readonly ReadyRun[];
  readonly #cases: readonly SimCase[];
  #hasForbiddenCall = false;

  private constructor(preparation: Preparation, cases: readonly SimCase[]) {
    this.#cases = cases;
    this.runs = cases.map((each) => prepareRun(preparation, each.scenario, each));
  }

  /** Prepares the runs. From now on calls of guarded globals are reported to the batch. */
  static withGuardedGlobals({ preparation, globalsGuard }: BatchContext, cases: readonly SimCase[]): Batch {
    const batch = new Batch(preparation, cases);
    globalsGuard.arm((name) => batch.#sawForbiddenCall(name));
    return batch;
  }

  #sawForbiddenCall(name: string): void {
    this.#hasForbiddenCall = true;
    this.runs[0]?.world.reportAnomaly('forbidden-call', `${name} was called: a run must depend on its Env alone`);
  }

  /** Reports each run. If one of several did something that cannot be attributed to it, returns the cases to make again instead. */
  report({ endings, reasons }: BatchEnding, onRun: (run: SimRun) => void): readonly SimCase[] {
    const { runs } = this;
    if (runs.length > 1 && (this.#hasForbiddenCall || reasons.length > 0)) {
      return runs.map(({ world }, index) => again(this.#cases[index], world));
    }
    for (const [index, run] of runs.entries()) onRun(run.conclude(endings[index] as EngineEnding, reasons));
    return [];
  }
}

/** The case that makes a run again. It lists the deviations that were taken: the chooser might choose differently the second time. */
function again(made: SimCase | undefined, { scenario, decider }: World): SimCase {
  return { scenario, deviations: decider.taken, isRecording: made?.isRecording ?? false };
}
