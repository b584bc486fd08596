// The progress of a worker thread, in shared memory that its watchdog can read while the thread is busy.

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

  /** The number of runs that have begun. */
  get count(): number {
    return Atomics.load(this.#counters, COUNT);
  }

  /** The number in its task of the run that began last, from 0. */
  get index(): number {
    return Atomics.load(this.#counters, INDEX);
  }

  /** The number of the last event of the run under way, or of one of the runs of a batch; 0 before its first event. */
  get event(): number {
    return Atomics.load(this.#counters, EVENT);
  }

  set event(event: number) {
    this.#counters[EVENT] = event;
  }

  /** Notes that a run begins; false if `stop` was called. */
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
