// A group of runs: made ready, driven side by side to their ends, and told one by one.
import { type Drain, outsideMicrotasks, type SynchronousDrain } from './drain.ts';
import type { EngineEnding } from './engine.ts';
import type { GlobalsGuard } from './globals-guard.ts';
import type { RejectionCollector } from './rejections.ts';
import { type Preparation, prepareRun, type ReadyRun, type SimRequest, type SimRun } from './run.ts';
import { runTogether, runTogetherNow } from './batch.ts';
import type { World } from './world.ts';

/** What groups of runs are made with. */
export interface BatchContext {
  readonly preparation: Preparation;
  readonly drain: Drain;
  readonly globalsGuard: GlobalsGuard;
  readonly rejections: RejectionCollector;
}

/**
 * Makes some runs side by side and tells of them in the order of the requests. What looks at the real world, or fails unheard, cannot be
 * laid at the door of one run among several: then each is made again alone, which goes the same way.
 */
export async function runBatch(
  context: BatchContext,
  requests: readonly SimRequest[],
  onRun: (run: SimRun) => void,
): Promise<void> {
  for (const request of await runTurn(context, requests, onRun)) await runTurn(context, [request], onRun);
}

/**
 * Makes and tells a group, or answers the requests that have to be made alone. Where the drain can, all of it is one turn of the event
 * loop, and nothing of it outlives the turn: V8 collects between turns, and what it finds alive it copies.
 */
async function runTurn(
  context: BatchContext,
  requests: readonly SimRequest[],
  onRun: (run: SimRun) => void,
): Promise<readonly SimRequest[]> {
  const { drain, globalsGuard, rejections } = context;
  if (drain.isSynchronous) {
    return outsideMicrotasks(() => {
      const group = Group.withGuardedGlobals(context, requests);
      return group.tell(endNow(group.runs, { drain, globalsGuard, rejections }), onRun);
    });
  }
  const group = Group.withGuardedGlobals(context, requests);
  const endings = await runTogether(group.runs, drain).finally(() => globalsGuard.disarm());
  return group.tell({ endings, reasons: await rejections.take() }, onRun);
}

interface GroupEnding {
  readonly endings: readonly EngineEnding[];
  /** What failed without anybody listening. */
  readonly reasons: readonly unknown[];
}

/** Drives runs to their ends in one piece. Must be called outside any microtask. */
function endNow(
  runs: readonly ReadyRun[],
  { drain, globalsGuard, rejections }: Pick<BatchContext, 'globalsGuard' | 'rejections'> & { drain: SynchronousDrain },
): GroupEnding {
  try {
    return { endings: runTogetherNow(runs, drain), reasons: rejections.takeNow() };
  } finally {
    globalsGuard.disarm();
  }
}

/** The runs of one group, ready to start. */
class Group {
  readonly runs: readonly ReadyRun[];
  readonly #requests: readonly SimRequest[];
  #isPoisoned = false;

  private constructor(preparation: Preparation, requests: readonly SimRequest[]) {
    this.#requests = requests;
    this.runs = requests.map((request) => prepareRun(preparation, request.scenario, request));
  }

  /** Makes the runs ready, and from now on whatever looks at the real world is told to them. */
  static withGuardedGlobals({ preparation, globalsGuard }: BatchContext, requests: readonly SimRequest[]): Group {
    const group = new Group(preparation, requests);
    globalsGuard.arm((name) => group.#sawForbiddenCall(name));
    return group;
  }

  #sawForbiddenCall(name: string): void {
    this.#isPoisoned = true;
    this.runs[0]?.world.reportAnomaly('forbidden-call', `${name} was called: a run must depend on its Env alone`);
  }

  /** Tells of each run, unless one of several did what nobody can lay at its door: then answers what to make again. */
  tell({ endings, reasons }: GroupEnding, onRun: (run: SimRun) => void): readonly SimRequest[] {
    const { runs } = this;
    if (runs.length > 1 && (this.#isPoisoned || reasons.length > 0)) {
      return runs.map(({ world }, index) => again(this.#requests[index], world));
    }
    for (const [index, run] of runs.entries()) onRun(run.conclude(endings[index] as EngineEnding, reasons));
    return [];
  }
}

/** The request of a run that was made, by what was decided in it: whatever chose may not choose the same twice. */
function again(request: SimRequest | undefined, { scenario, decider }: World): SimRequest {
  const repeated = { scenario, deviations: decider.taken, isRecording: request?.isRecording ?? false };
  return request?.skewMicros === undefined ? repeated : { ...repeated, skewMicros: request.skewMicros };
}
