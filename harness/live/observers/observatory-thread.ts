// Controls the observatory's thread from the rig's thread: sends commands, receives answers and events, and notices if the thread is lost.
import { Worker } from 'node:worker_threads';
import { compiledModule } from '../../platform/compiled-module.ts';
import { InfrastructureError } from '../../platform/errors.ts';
import { CallableWorker } from '../../platform/worker-calls.ts';
import type { ObserverAnswer, ObserverCommand, ObservatoryEvent, RefusedEgress, Stop } from './commands.ts';
import type { RecordedEvent } from './recording.ts';

/** How long the rig waits for an answer. After that the thread counts as lost, and is ended. */
const PATIENCE_MS = 30_000;

interface ThreadListeners {
  /** Called with each event, in order. */
  onEvent(event: RecordedEvent): void;
  /** Called with each request to a host that was refused. */
  onEgress(refused: RefusedEgress): void;
  /** Called with each process that was stopped on request. */
  onStopped(stop: Stop): void;
}

/** The running thread. */
export class ObservatoryThread {
  /** Resolves with the reason if the thread ends without having been closed. */
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

  /** Starts the thread and waits until it accepts commands. */
  static async start(listeners: ThreadListeners): Promise<ObservatoryThread> {
    const entry = compiledModule(import.meta.url, './worker.ts');
    // The observers need neither the rig's environment nor its flags.
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

  /** Sends a command and returns its answer. Throws an InfrastructureError if the thread is lost. */
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

  /** Ends the thread in the middle of its work, so that it counts as lost. */
  async kill(): Promise<void> {
    await this.#calls.terminate();
  }

  /** Ends the thread as planned, so that it does not count as lost. */
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
    hint: 'The rig can observe nothing more; start it again.',
  });
}
