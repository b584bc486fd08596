// How far a worker thread has come, in memory that its watchdog can read while the thread is busy.

const COUNT = 0;
const INDEX = 1;
const STOP = 2;
const EVENT = 3;
const COUNTERS = 4;

/** The shared counters of one thread. */
export class ThreadProgress {
  readonly memory: SharedArrayBuffer;
  readonly #counters: Int32Array;

  constructor(memory: SharedArrayBuffer = new SharedArrayBuffer(COUNTERS * Int32Array.BYTES_PER_ELEMENT)) {
    this.memory = memory;
    this.#counters = new Int32Array(memory);
  }

  /** Grows with each run. */
  get count(): number {
    return Atomics.load(this.#counters, COUNT);
  }

  /** Which run of its task is under way. */
  get index(): number {
    return Atomics.load(this.#counters, INDEX);
  }

  /** The last event that has begun, of the run under way; of one of them, where several runs are made in one batch. */
  get event(): number {
    return Atomics.load(this.#counters, EVENT);
  }

  set event(event: number) {
    this.#counters[EVENT] = event;
  }

  /** Begins a run; false when no more are wanted. */
  begin(index: number): boolean {
    Atomics.store(this.#counters, INDEX, index);
    Atomics.store(this.#counters, EVENT, 0);
    Atomics.add(this.#counters, COUNT, 1);
    return Atomics.load(this.#counters, STOP) === 0;
  }

  stop(): void {
    Atomics.store(this.#counters, STOP, 1);
  }
}
