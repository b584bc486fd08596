// The model's time: a list of what is to happen, earliest first, done synchronously until it is empty. There are no promises in it.

/** Something that is to happen. */
interface Entry {
  readonly atMs: number;
  readonly happen: () => void;
}

/** What is still to happen. */
export class Agenda {
  nowMs = 0;
  #entries: Entry[] = [];

  /** Lets something happen after a while; things due at one moment happen in the order in which they were planned. The answer takes it back. */
  after(ms: number, happen: () => void): () => void {
    const entry = { atMs: this.nowMs + ms, happen };
    const place = this.#entries.findIndex(({ atMs }) => atMs > entry.atMs);
    this.#entries.splice(place < 0 ? this.#entries.length : place, 0, entry);
    return () => {
      this.#entries = this.#entries.filter((other) => other !== entry);
    };
  }

  /** Does everything, what comes up meanwhile included. */
  finish(): void {
    for (let next = this.#entries.shift(); next !== undefined; next = this.#entries.shift()) {
      this.nowMs = next.atMs;
      next.happen();
    }
  }
}
