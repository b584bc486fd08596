// How many runs a lane makes at once. A machine that is too slow for all slots disturbs the observers, and disturbed runs are no evidence.
// So the number is adapted as TCP adapts its congestion window: it falls by a share when a run is disturbed, and rises slowly after that.

/** What a run says about the load of the machine. */
export interface RunLoad {
  /** When the run began, in microseconds of the rig's clock. */
  readonly beganMicros: number;
  /** When it ended. */
  readonly endedMicros: number;
  /** Whether the machine disturbed its observers. */
  readonly isDisturbed: boolean;
}

/** How many of the runs at once are left after a disturbance. */
const SHARE_LEFT = 0.75;

/** After how many undisturbed runs one more is made at once: a stall disturbs all runs in flight, so a second one should come much later. */
const RUNS_PER_RISE = 50;

/** How many runs can be in flight at once. Starts with all slots. */
export class CongestionWindow {
  readonly #slots: number;
  #size: number;
  #reducedMicros = Number.NEGATIVE_INFINITY;

  constructor(slots: number) {
    this.#slots = slots;
    this.#size = slots;
  }

  /** At least 1, at most the number of slots. */
  get size(): number {
    return Math.floor(this.#size);
  }

  /** Takes note of a run, which makes the window smaller or, by a small part of one run, larger. */
  note({ beganMicros, endedMicros, isDisturbed }: RunLoad): void {
    if (!isDisturbed) {
      this.#size = Math.min(this.#slots, this.#size + 1 / RUNS_PER_RISE);
      return;
    }
    // One stall disturbs all runs in flight. It counts once: the others began before the number fell.
    if (beganMicros < this.#reducedMicros) return;
    this.#size = Math.max(1, this.#size * SHARE_LEFT);
    this.#reducedMicros = endedMicros;
  }
}
