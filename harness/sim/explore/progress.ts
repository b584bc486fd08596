// How far a worker thread has come, in memory that its watchdog can read while the thread is busy.

const COUNT = 0;
const INDEX = 1;
const STOP = 2;
const EVENT = 3;
const CELLS = 4;

/** The shared counters of one thread. */
export class Progress {
  readonly memory: SharedArrayBuffer;
  readonly #cells: Int32Array;

  constructor(memory: SharedArrayBuffer = new SharedArrayBuffer(CELLS * Int32Array.BYTES_PER_ELEMENT)) {
    this.memory = memory;
    this.#cells = new Int32Array(memory);
  }

  /** Grows with each run and each answer. */
  get count(): number {
    return Atomics.load(this.#cells, COUNT);
  }

  /** Which run of its unit is under way. */
  get index(): number {
    return Atomics.load(this.#cells, INDEX);
  }

  /** Which event of the run under way is the last that has begun; of one of them, where runs go side by side. */
  get event(): number {
    return Atomics.load(this.#cells, EVENT);
  }

  set event(event: number) {
    this.#cells[EVENT] = event;
  }

  /** Begins a run; false when no more are wanted. */
  begin(index: number): boolean {
    Atomics.store(this.#cells, INDEX, index);
    Atomics.store(this.#cells, EVENT, 0);
    Atomics.add(this.#cells, COUNT, 1);
    return Atomics.load(this.#cells, STOP) === 0;
  }

  stop(): void {
    Atomics.store(this.#cells, STOP, 1);
  }
}
