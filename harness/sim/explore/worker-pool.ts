// Who does the units of an exploration. Outcomes are handed over in the order of the units, whoever is done first, so that nothing that
// is counted depends on how many share the work.
import type { MadeRun, MakeRun } from './made-run.ts';
import type { Unit, UnitOutcome } from './task.ts';

/** Does units. */
export interface Crew {
  /** How many units are done at once. */
  readonly size: number;
  /**
   * Does units until there are no more, or `onOutcome` answers false; what is under way then is not handed over. Rejects with a
   * LivelockError when a run never comes back.
   */
  run(units: Iterable<Unit>, onOutcome: (outcome: UnitOutcome, unit: Unit) => boolean): Promise<void>;
  /** Makes a single run, once what is under way on its thread is done. */
  readonly make: MakeRun;
  /** Lets every run under way be the last; their units come out cut. */
  stop(): void;
  close(): Promise<void>;
}

/** A run never gave the event loop its turn again. */
export class LivelockError extends Error {
  /** The run up to there; undefined for one that hung before its first event. */
  readonly run: MadeRun | undefined;

  constructor(run: MadeRun | undefined, afterMs: number) {
    const which = run === undefined ? 'before its first event' : run.token();
    super(`livelock: a run did not come back within ${afterMs / 1_000} s (${which})`);
    this.name = 'LivelockError';
    this.run = run;
  }
}

/** One who can do one unit at a time. */
export type DoUnit = (unit: Unit) => Promise<UnitOutcome>;

/** No one may be so far ahead of the slowest that outcomes pile up. */
const MOST_AHEAD = 64;

/** Shares units among workers and hands their outcomes over in order. */
export async function shareUnits(
  workers: readonly DoUnit[],
  units: Iterable<Unit>,
  onOutcome: (outcome: UnitOutcome, unit: Unit) => boolean,
): Promise<void> {
  const desk = new Desk(units, onOutcome);
  const work = async (doUnit: DoUnit): Promise<void> => {
    for (let job = await desk.take(); job !== undefined; job = await desk.take()) {
      desk.finish(job, await doUnit(job.unit));
    }
  };
  try {
    await Promise.all(workers.map(work));
  } finally {
    desk.close();
  }
}

interface Job {
  readonly place: number;
  readonly unit: Unit;
}

/** Where units are taken from and outcomes brought to. */
class Desk {
  readonly #units: Iterator<Unit>;
  readonly #onOutcome: (outcome: UnitOutcome, unit: Unit) => boolean;
  /** What was brought before its turn. */
  readonly #early = new Map<number, { unit: Unit; outcome: UnitOutcome }>();
  readonly #waiting: (() => void)[] = [];
  #taken = 0;
  #handed = 0;
  #isClosed = false;

  constructor(units: Iterable<Unit>, onOutcome: (outcome: UnitOutcome, unit: Unit) => boolean) {
    this.#units = units[Symbol.iterator]();
    this.#onOutcome = onOutcome;
  }

  /** The next unit, as soon as nobody is left too far behind; undefined when there is none. */
  async take(): Promise<Job | undefined> {
    while (this.#isFarAhead) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    if (this.#isClosed) return undefined;
    const next = this.#units.next();
    if (next.done === true) return undefined;
    const job = { place: this.#taken, unit: next.value };
    this.#taken += 1;
    return job;
  }

  finish({ place, unit }: Job, outcome: UnitOutcome): void {
    this.#early.set(place, { unit, outcome });
    for (let next = this.#early.get(this.#handed); next !== undefined; next = this.#early.get(this.#handed)) {
      this.#early.delete(this.#handed);
      this.#handed += 1;
      if (!this.#isClosed && !this.#onOutcome(next.outcome, next.unit)) this.#isClosed = true;
    }
    this.#wake();
  }

  close(): void {
    this.#isClosed = true;
    this.#wake();
  }

  get #isFarAhead(): boolean {
    return !this.#isClosed && this.#taken - this.#handed >= MOST_AHEAD;
  }

  #wake(): void {
    for (const wake of this.#waiting.splice(0)) wake();
  }
}
