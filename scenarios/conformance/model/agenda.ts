// The virtual time of the model: a list of future events, which run synchronously, the earliest first, until it is empty. It uses no
// promises.

/** A future event. */
interface Entry {
  readonly atMs: number;
  readonly happen: () => void;
}

/** The future events, by time. */
export class Agenda {
  nowMs = 0;
  #entries: Entry[] = [];

  /**
   * Schedules an event. Events at the same time run in the order in which they were scheduled. Returns a function that cancels the event.
   */
  after(ms: number, happen: () => void): () => void {
    const entry = { atMs: this.nowMs + ms, happen };
    const place = this.#entries.findIndex(({ atMs }) => atMs > entry.atMs);
    this.#entries.splice(place < 0 ? this.#entries.length : place, 0, entry);
    return () => {
      this.#entries = this.#entries.filter((other) => other !== entry);
    };
  }

  /** Runs all events, also those that they schedule. */
  finish(): void {
    for (let next = this.#entries.shift(); next !== undefined; next = this.#entries.shift()) {
      this.nowMs = next.atMs;
      next.happen();
    }
  }
}
