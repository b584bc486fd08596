// The observatory's thread as the rig's thread sees it: commands go in, answers and events come out, and it may get lost.
import { Worker } from 'node:worker_threads';
import { compiledModule } from '../../platform/compiled-module.ts';
import { InfrastructureError } from '../../platform/errors.ts';
import type { Answer, Command, CommandMessage, ObservatoryMessage, Stop } from './commands.ts';
import type { RecordedEvent } from './recording.ts';

/** A thread that answers nothing for this long is as good as gone. */
const PATIENCE_MS = 30_000;

interface Pending {
  readonly done: (answer: Answer) => void;
  readonly fail: (error: Error) => void;
  readonly timer: NodeJS.Timeout;
}

/** Who hears of what the thread does. */
interface ThreadListeners {
  /** Gets all events in their order. */
  onEvent(event: RecordedEvent): void;
  /** Hears of each process that was stopped as asked. */
  onStopped(stop: Stop): void;
}

/** The running thread. */
export class ObservatoryThread {
  /** Settles with the reason when the thread ends without having been closed. */
  readonly lost: Promise<string>;
  readonly #worker: Worker;
  readonly #pending = new Map<number, Pending>();
  #number = 0;
  #lostBecause: string | undefined;
  #isClosing = false;

  private constructor(worker: Worker, { onEvent, onStopped }: ThreadListeners) {
    this.#worker = worker;
    worker.on('message', (message: ObservatoryMessage) => {
      if (message.kind === 'event') onEvent(message.event);
      else if (message.kind === 'stopped') onStopped(message.stop);
      else if (message.kind !== 'ready') this.#settle(message);
    });
    this.lost = new Promise((done) => {
      const lose = (reason: string): void => {
        this.#lostBecause ??= reason;
        this.#failPending();
        if (!this.#isClosing) done(this.#lostBecause);
      };
      worker.on('error', (error: Error) => lose(`the observers' thread failed: ${error.message}`));
      worker.on('exit', (code) => lose(`the observers' thread ended with code ${code}`));
    });
  }

  /** Starts the thread and waits until it listens. */
  static async start(listeners: ThreadListeners): Promise<ObservatoryThread> {
    const entry = compiledModule(import.meta.url, './worker.ts');
    // Neither the rig's environment nor its flags are the observers' business.
    const worker = new Worker(entry, { env: {}, execArgv: [], name: 'onesend-observatory' });
    const thread = new ObservatoryThread(worker, listeners);
    const ready = new Promise<undefined>((done) => worker.once('message', () => done(undefined)));
    const reason = await Promise.race([ready, thread.lost]);
    if (reason === undefined) return thread;
    throw new InfrastructureError(`expected the observers to start from ${entry}, received: ${reason}`, {
      hint: 'In a clone, run `npm run build` first.',
    });
  }

  /** Why the thread is lost; undefined while it is not. */
  get lostBecause(): string | undefined {
    return this.#lostBecause;
  }

  /** Has a command performed. */
  async ask(command: Command): Promise<Answer> {
    if (this.#lostBecause !== undefined) throw lostError(this.#lostBecause);
    this.#number += 1;
    const number = this.#number;
    const message: CommandMessage = { number, command };
    return new Promise<Answer>((done, fail) => {
      const timer = setTimeout(() => this.#giveUp(command.kind), PATIENCE_MS);
      this.#pending.set(number, { done, fail, timer });
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
      this.#worker.postMessage(message);
    });
  }

  /** Ends the thread in the middle of whatever it does; it is lost then. */
  async kill(): Promise<void> {
    await this.#worker.terminate();
  }

  /** Ends the thread as planned. */
  async close(): Promise<void> {
    this.#isClosing = true;
    await this.#worker.terminate();
  }

  #giveUp(kind: string): void {
    this.#lostBecause ??= `the observers' thread did not answer '${kind}' within ${PATIENCE_MS} ms`;
    void this.#worker.terminate();
  }

  #settle(message: Extract<ObservatoryMessage, { number: number }>): void {
    const pending = this.#pending.get(message.number);
    if (pending === undefined) return;
    this.#pending.delete(message.number);
    clearTimeout(pending.timer);
    if (message.kind === 'answer') pending.done(message.answer);
    else
      pending.fail(new InfrastructureError(message.message, message.hint === undefined ? {} : { hint: message.hint }));
  }

  #failPending(): void {
    for (const { fail, timer } of this.#pending.values()) {
      clearTimeout(timer);
      fail(lostError(this.#lostBecause ?? 'it ended'));
    }
    this.#pending.clear();
  }
}

function lostError(reason: string): InfrastructureError {
  return new InfrastructureError(`the observers are lost: ${reason}`, {
    hint: 'Nothing can be observed any more; start again.',
  });
}
