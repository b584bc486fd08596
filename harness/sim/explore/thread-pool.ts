// The pool of worker threads, each with its own simulator, and their watchdog: it ends a thread that is blocked by a run, and finds out
// which run and which event that is.
import { Worker } from 'node:worker_threads';
import type { System } from '../../../src/contract/system.ts';
import { addProblem, emptyEvidence } from '../../evidence/fold.ts';
import type { Executor, ObservedRun, RunOutcome } from '../../execution/executor.ts';
import { demandPlayable } from '../../execution/refusal.ts';
import type { Case } from '../../formats/case.ts';
import type { WorldState } from '../../formats/dump.ts';
import type { RunsBefore } from '../../formats/runs-before.ts';
import { compiledModule } from '../../platform/compiled-module.ts';
import { InfrastructureError } from '../../platform/errors.ts';
import { createMutex } from '../../platform/mutex.ts';
import { unlessAborted } from '../../platform/unless-aborted.ts';
import { CallableWorker } from '../../platform/worker-calls.ts';
import { openDrain } from '../drain.ts';
import { YOUNG_GENERATION_MB } from '../garbage-collection.ts';
import { describeSim, simRefusal, type SimOptions } from '../lane.ts';
import { simpleDecisions } from '../simple-decisions.ts';
import type { RanTask, Relived } from './relive.ts';
import type { ExplorationResult, Task } from './task.ts';
import type { ThreadAnswer, ThreadRequest } from './thread-messages.ts';
import { ThreadProgress } from './thread-progress.ts';
import { optimizeEarly } from './warm-up.ts';
import { WorkerLives } from './worker-lives.ts';
import type { Look, WorkerPool } from './worker-pool.ts';

/** What a pool of threads needs. */
export interface WorkerPoolOptions {
  readonly workers: number;
  readonly sim?: SimOptions | undefined;
  /** A run that takes longer than this counts as a livelock. */
  readonly patienceMs?: number | undefined;
  /** A thread that takes longer than this to load the system is an error of the infrastructure. */
  readonly loadingMs?: number | undefined;
}

/** The default for tasks. A run takes well below a millisecond, but a busy machine must not be mistaken for a livelock. */
const PATIENCE_MS = 20_000;

/** The default for single runs. It is shorter, because a single run is repeated before it counts as a livelock. */
const SINGLE_PATIENCE_MS = 5_000;

/** The default for loading: on a busy machine it can take longer than any run. */
const LOADING_MS = 120_000;

/** How often the watchdog reads the counters within the patience. */
const LOOKS = 4;

/** Opens a pool for the system that a module exports as `system`; `module` is the URL of that module. Threads start on first use. */
export async function openWorkerPool(
  { module }: Pick<System, 'module'>,
  options: WorkerPoolOptions,
): Promise<WorkerPool> {
  optimizeEarly();
  const { name: drain } = await openDrain(options.sim?.drain);
  const path = compiledModule(module, module);
  const threads = Array.from({ length: options.workers }, () => new Thread(path, options));
  const lives = new WorkerLives();
  const onFreshThread = freshThreads(path, options);
  const [first] = threads;
  if (first === undefined) throw new RangeError('a pool needs at least one worker');
  const idle = threads.toReversed();
  /** Runs `work` on an idle thread. If none is idle, the work waits in the queue of the first thread. */
  const onThread = async <T>(work: (thread: Thread) => Promise<T>): Promise<T> => {
    const thread = idle.pop();
    if (thread === undefined) return work(first);
    try {
      return await work(thread);
    } finally {
      idle.push(thread);
    }
  };
  const close = async (): Promise<void> => {
    await Promise.all(threads.map((thread) => thread.end()));
  };
  const executor: Executor = {
    lane: 'sim',
    capacity: threads.length,
    isDeterministic: true,
    refusal: simRefusal,
    simpleDecisions,
    async run(tried, { signal, after } = {}) {
      demandPlayable({ refusal: simRefusal }, [tried]);
      return unlessAborted<RunOutcome>(
        after === undefined
          ? onThread((thread) => thread.case(tried))
          : onFreshThread((thread) => thread.case(tried, after)),
        signal,
        () => ABORTED,
      );
    },
    describe: () => describeSim({ drain, workers: threads.length }),
    close,
  };
  return {
    lane: 'sim',
    capacity: threads.length,
    isDeterministic: true,
    run: (task) =>
      onThread(async (thread) => {
        const result = await thread.task(task);
        lives.add(task, { slot: threads.indexOf(thread) + 1, starts: thread.starts, runs: result.runs });
        return result;
      }),
    async relive(task, isWhole) {
      const life = lives.of(task, isWhole);
      if (life === undefined) return undefined;
      const relived = await onFreshThread((thread) => thread.relive(life.tasks));
      return { ...relived, slot: life.slot, runsBefore: life.runsBefore };
    },
    stop() {
      for (const thread of threads) thread.progress.stop();
    },
    asExecutor: () => executor,
    look: (look) => onFreshThread((thread) => thread.look(look)),
    close,
  };
}

/** Runs work on a fresh thread, which ends with the work. */
function freshThreads(path: string, options: WorkerPoolOptions) {
  return async <T>(work: (thread: Thread) => Promise<T>): Promise<T> => {
    const thread = new Thread(path, options);
    try {
      return await work(thread);
    } finally {
      await thread.end();
    }
  };
}

const ABORTED: RunOutcome = { kind: 'infrastructure', message: 'the run was aborted' };

class Thread {
  readonly progress = new ThreadProgress();
  /** How often the thread was started. A restarted thread has lost the state of all its earlier runs. */
  starts = 0;
  readonly #module: string;
  readonly #options: WorkerPoolOptions;
  #worker: CallableWorker<ThreadRequest, ThreadAnswer> | undefined;
  /** A thread gets one request at a time, because its counters belong to one request. */
  readonly #inTurn = createMutex();

  constructor(module: string, options: WorkerPoolOptions) {
    this.#module = module;
    this.#options = options;
  }

  /** Runs a task. A run with a livelock ends the task, and is the violation in its result. */
  async task(task: Task): Promise<ExplorationResult> {
    const answer = await this.#inTurn(() => this.#call({ kind: 'task', task, isAlone: false }));
    if (answer === LOST) return lostResult(this.#patienceMs('task'));
    if (answer.kind === 'result') return answer.result;
    throw new Error(`expected the result of a task, received ${answer.kind}`);
  }

  /** Makes a single run. If it blocks the thread, its result is the run up to that event, with the anomaly of a livelock. */
  async case(tried: Case, after?: RunsBefore): Promise<ObservedRun> {
    const request = { kind: 'case', case: tried, ...(after === undefined ? {} : { after }) } as const;
    const answer = await this.#inTurn(() => this.#call(request));
    if (answer === LOST) throw new Error(lostMessage(this.#patienceMs('case')));
    if (answer.kind === 'observed') return answer.run;
    throw new Error(`expected a run, received ${answer.kind}`);
  }

  /** Makes a single run up to a moment and returns its world. If it hangs before, the world is that before the event in which it hangs. */
  async look(look: Look): Promise<WorldState> {
    const answer = await this.#inTurn(() => this.#call({ kind: 'look', ...look }));
    if (answer === LOST) throw new Error(lostMessage(this.#patienceMs('look')));
    if (answer.kind === 'seen') return answer.world;
    throw new Error(`expected the state of a world, received ${answer.kind}`);
  }

  /** Repeats tasks. */
  async relive(tasks: readonly RanTask[]): Promise<Relived> {
    const answer = await this.#inTurn(() => this.#call({ kind: 'relive', tasks }));
    if (answer !== LOST && answer.kind === 'relived') return answer.relived;
    throw new Error('a task that had ended did not end when it was repeated');
  }

  async end(): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.terminate();
  }

  #patienceMs(kind: ThreadRequest['kind']): number {
    return this.#options.patienceMs ?? (kind === 'case' || kind === 'look' ? SINGLE_PATIENCE_MS : PATIENCE_MS);
  }

  async #call(request: ThreadRequest): Promise<ThreadAnswer | typeof LOST> {
    const worker = (this.#worker ??= this.#start());
    const { loadingMs = LOADING_MS } = this.#options;
    const watchdog = watch(worker, this.progress, { patienceMs: this.#patienceMs(request.kind), loadingMs });
    try {
      const answer = await Promise.race([worker.call(request), watchdog.silence]);
      if (answer !== SILENT) return answer;
    } finally {
      watchdog.stop();
    }
    return this.#afterSilence(request);
  }

  /**
   * Ends the blocked thread and repeats the request. In a task any run of a batch can be the cause, so a new thread makes the runs of the
   * task one at a time. If a single run blocks the thread again, a third thread makes that run up to the event that did not end.
   */
  async #afterSilence(request: ThreadRequest): Promise<ThreadAnswer | typeof LOST> {
    const { index, event } = this.progress;
    await this.end();
    if (request.kind === 'task' && !request.isAlone) return this.#call({ ...request, isAlone: true });
    if (event === 0 || request.kind === 'relive' || 'livelockAt' in request) return LOST;
    if (request.kind === 'case' || request.kind === 'look') return this.#call({ ...request, livelockAt: event });
    return this.#call({ kind: 'livelock', task: request.task, index, livelockAt: event });
  }

  #start(): CallableWorker<ThreadRequest, ThreadAnswer> {
    this.starts += 1;
    const worker = new Worker(compiledModule(import.meta.url, './thread.ts'), {
      workerData: { module: this.#module, sim: this.#options.sim, progress: this.progress.memory },
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MB },
    });
    // An idle thread must not keep the process of a finished command alive.
    worker.unref();
    return new CallableWorker(worker);
  }
}

const SILENT = Symbol('silent');

interface Patience {
  readonly patienceMs: number;
  readonly loadingMs: number;
}

/**
 * Watches the counters of a thread. `silence` resolves when no run has begun for `patienceMs` after the thread was loaded, and rejects with
 * an InfrastructureError when it was not loaded within `loadingMs`.
 */
function watch(
  worker: CallableWorker<ThreadRequest, ThreadAnswer>,
  progress: ThreadProgress,
  { patienceMs, loadingMs }: Patience,
): { silence: Promise<typeof SILENT>; stop(): void } {
  const startedMs = performance.now();
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<typeof SILENT>((resolve, reject) => {
    let seen = progress.count;
    let sameFor = 0;
    const look = (): void => {
      if (!worker.isReady) {
        if (performance.now() - startedMs > loadingMs) reject(notLoaded(loadingMs));
        return;
      }
      sameFor = progress.count === seen ? sameFor + 1 : 0;
      seen = progress.count;
      if (sameFor >= LOOKS) resolve(SILENT);
    };
    timer = setInterval(look, patienceMs / LOOKS);
  });
  return { silence, stop: () => clearInterval(timer) };
}

function notLoaded(loadingMs: number): InfrastructureError {
  return new InfrastructureError(`a thread did not load the system within ${loadingMs / 1_000} s`, {
    hint: 'Check that the module of the system does not wait, or loop, while it is loaded.',
  });
}

/** The result of a request whose run hung before its first event, or hung again although it was made only up to the event that hung. */
const LOST = Symbol('lost');

function lostMessage(patienceMs: number): string {
  return `livelock: a run did not end within ${patienceMs / 1_000} s, and the event in which it hangs is unknown`;
}

/** The result of a task with a run of which only the livelock is known. */
function lostResult(patienceMs: number): ExplorationResult {
  const evidence = emptyEvidence();
  addProblem(evidence, 'violation/livelock', lostMessage(patienceMs));
  return { runs: 1, evidence, violations: [], isCut: true, digest: '', nodes: [] };
}
