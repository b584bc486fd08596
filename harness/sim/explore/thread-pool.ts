// A crew of worker threads, each with a sim lane of its own, and a watchdog over them: a run that never gives its thread back is
// noticed here, named and ended.
import { Worker } from 'node:worker_threads';
import type { System } from '../../../src/contract/system.ts';
import { compiledModule } from '../../platform/compiled-module.ts';
import { NURSERY_MB } from '../garbage-collection.ts';
import { createMutex } from '../../platform/mutex.ts';
import { type Crew, LivelockError, shareUnits } from './worker-pool.ts';
import type { SimOptions } from './open-sim.ts';
import { Progress } from './progress.ts';
import { type MadeRun, runOf } from './made-run.ts';
import type { Answer, Question, WhichRun } from './thread-messages.ts';
import type { Unit, UnitOutcome } from './task.ts';
import { compileSmallPiecesSoon } from './warm-up.ts';

/** What a crew of threads needs. */
export interface ThreadsOptions {
  /** The compiled module that exports the system. */
  readonly module: string;
  readonly workers: number;
  readonly sim?: SimOptions | undefined;
  /** A single run that takes longer than this never comes back. */
  readonly patienceMs?: number | undefined;
}

/** A run takes well below a millisecond; a machine that is busy for this long is not to be mistaken for a livelock. */
const PATIENCE_MS = 20_000;

/** The same for a run that is made by itself: whoever believes that it hangs makes it twice. */
const SINGLE_PATIENCE_MS = 5_000;

const LOOKS = 4;

/** Starts the threads. */
export function openThreads(options: ThreadsOptions): Crew {
  compileSmallPiecesSoon();
  const first = new Thread(options);
  const threads = [first, ...Array.from({ length: options.workers - 1 }, () => new Thread(options))];
  return {
    size: threads.length,
    run: (units, onOutcome) =>
      shareUnits(
        threads.map((thread) => (unit) => thread.do(unit)),
        units,
        onOutcome,
      ),
    make: (recipe) => first.make(recipe),
    stop() {
      for (const thread of threads) thread.progress.stop();
    },
    async close() {
      await Promise.all(threads.map((thread) => thread.end()));
    },
  };
}

/** The same for a system that this process has loaded. */
export function openThreadsFor({ module }: Pick<System, 'module'>, workers: number): Crew {
  return openThreads({ module: compiledModule(module, module), workers });
}

class Thread {
  readonly progress = new Progress();
  readonly #options: ThreadsOptions;
  #worker: Worker | undefined;
  /** A thread is asked one thing at a time, so that each answer is that to the last question. */
  readonly #inTurn = createMutex();

  constructor(options: ThreadsOptions) {
    this.#options = options;
  }

  async do(unit: Unit): Promise<UnitOutcome> {
    const answer = await this.#inTurn(() => this.#ask({ kind: 'do', unit, isAlone: false }));
    if (answer.kind === 'outcome') return answer.outcome;
    throw new Error(`expected an outcome, received ${answer.kind}`);
  }

  async make(which: WhichRun): Promise<MadeRun> {
    return madeIn(await this.#inTurn(() => this.#ask({ kind: 'make', which })));
  }

  async end(): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.terminate();
  }

  #ask(question: Question): Promise<Answer> {
    const worker = (this.#worker ??= this.#start());
    const patienceMs = this.#options.patienceMs ?? (question.kind === 'do' ? PATIENCE_MS : SINGLE_PATIENCE_MS);
    return new Promise((resolve, reject) => {
      let seen = this.progress.count;
      let sameFor = 0;
      const settle = (end: () => void): void => {
        clearInterval(watchdog);
        worker.off('message', onMessage).off('error', onError).off('exit', onExit);
        end();
      };
      const onMessage = (answer: Answer): void => settle(() => resolve(answer));
      const onError = (error: Error): void => settle(() => reject(error));
      const onExit = (code: number): void =>
        settle(() => reject(new Error(`a worker thread of the sim lane ended by itself, with code ${code}`)));
      const watchdog = setInterval(() => {
        sameFor = this.progress.count === seen ? sameFor + 1 : 0;
        seen = this.progress.count;
        if (sameFor >= LOOKS) settle(() => void this.#afterSilence(question, patienceMs).then(resolve, reject));
      }, patienceMs / LOOKS);
      worker.on('message', onMessage).on('error', onError).on('exit', onExit);
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
      worker.postMessage(question);
    });
  }

  /**
   * The thread is lost. In a unit it may have been any of the runs that went side by side, so a new one does the unit with one at a time.
   * When a single run is lost, a third makes it up to the event that did not come back, which tells all that there is to tell.
   */
  async #afterSilence(question: Question, patienceMs: number): Promise<Answer> {
    const { index, event } = this.progress;
    await this.end();
    if (question.kind === 'do' && !question.isAlone) return this.#ask({ ...question, isAlone: true });
    const isLostAgain = question.kind === 'make' && question.livelockAt !== undefined;
    if (isLostAgain || event === 0) throw new LivelockError(undefined, patienceMs);
    if (question.kind === 'make') return this.#ask({ ...question, livelockAt: event });
    const which = { unit: question.unit, index };
    throw new LivelockError(madeIn(await this.#ask({ kind: 'make', which, livelockAt: event })), patienceMs);
  }

  #start(): Worker {
    const { module, sim } = this.#options;
    const worker = new Worker(compiledModule(import.meta.url, './thread.ts'), {
      workerData: { module, sim, progress: this.progress.memory },
      resourceLimits: { maxYoungGenerationSizeMb: NURSERY_MB },
    });
    // A thread that has nothing to do must not keep a finished command alive.
    worker.unref();
    return worker;
  }
}

function madeIn(answer: Answer): MadeRun {
  if (answer.kind === 'made') return runOf(answer.run);
  throw new Error(`expected a run, received an ${answer.kind}`);
}
