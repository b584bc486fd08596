// The observatory's thread as the rig's thread sees it: commands go in, answers and events come out, and it may get lost.
import { Worker } from 'node:worker_threads';
import { compiledModule } from '../../platform/compiled-module.ts';
import { InfrastructureError } from '../../platform/errors.ts';
import { CallableWorker } from '../../platform/worker-calls.ts';
import type { ObserverAnswer, ObserverCommand, ObservatoryEvent, RefusedEgress, Stop } from './commands.ts';
import type { RecordedEvent } from './recording.ts';

/** A thread that answers nothing for this long is as good as gone. */
const PATIENCE_MS = 30_000;

/** Listeners to the thread. */
interface ThreadListeners {
  /** Gets all events in their order. */
  onEvent(event: RecordedEvent): void;
  /** Called with each host that was refused. */
  onEgress(refused: RefusedEgress): void;
  /** Called with each process that was stopped on request. */
  onStopped(stop: Stop): void;
}

/** The running thread. */
export class ObservatoryThread {
  /** Settles with the reason when the thread ends without having been closed. */
  readonly lost: Promise<string>;
  readonly #calls: CallableWorker<ObserverCommand, ObserverAnswer, ObservatoryEvent>;
  #gaveUpBecause: string | undefined;
  #isClosing = false;

  private constructor(worker: Worker, { onEvent, onEgress, onStopped }: ThreadListeners) {
    this.#calls = new CallableWorker(worker, (event) => {
      if (event.kind === 'recorded') onEvent(event.event);
      else if (event.kind === 'egress') onEgress(event.refused);
      else onStopped(event.stop);
    });
    this.lost = new Promise((resolve) => {
      void this.#calls.ended.then(({ message }) => this.#isClosing || resolve(this.lostBecause ?? message));
    });
  }

  /** Starts the thread and waits until it listens. */
  static async start(listeners: ThreadListeners): Promise<ObservatoryThread> {
    const entry = compiledModule(import.meta.url, './worker.ts');
    // Neither the rig's environment nor its flags are the observers' business.
    const worker = new Worker(entry, { env: {}, execArgv: [], name: 'onesend-observatory' });
    const thread = new ObservatoryThread(worker, listeners);
    try {
      await thread.#calls.untilReady();
    } catch (cause) {
      throw new InfrastructureError(`expected the observers to start from ${entry}, received: ${thread.lostBecause}`, {
        hint: 'In a clone, run `npm run build` first.',
        cause,
      });
    }
    return thread;
  }

  /** Why the thread is lost; undefined while it is not. */
  get lostBecause(): string | undefined {
    return this.#gaveUpBecause ?? this.#calls.endedBecause?.message;
  }

  /** Has a command performed. */
  async ask(command: ObserverCommand): Promise<ObserverAnswer> {
    const patience = setTimeout(() => this.#giveUp(command.kind), PATIENCE_MS);
    try {
      return await this.#calls.call(command);
    } catch (error) {
      throw this.lostBecause === undefined ? error : lostError(this.lostBecause);
    } finally {
      clearTimeout(patience);
    }
  }

  /** Ends the thread at once, in the middle of its work; it is lost then. */
  async kill(): Promise<void> {
    await this.#calls.terminate();
  }

  /** Ends the thread as planned. */
  async close(): Promise<void> {
    this.#isClosing = true;
    await this.#calls.terminate();
  }

  #giveUp(kind: string): void {
    this.#gaveUpBecause ??= `the thread did not answer '${kind}' within ${PATIENCE_MS} ms`;
    void this.#calls.terminate();
  }
}

function lostError(reason: string): InfrastructureError {
  return new InfrastructureError(`the observers are lost: ${reason}`, {
    hint: 'Nothing can be observed any more; start again.',
  });
}
