// Locks and the waits for them. A lock has one holder and a queue; when a transaction ends, each of its locks goes to the first in its
// queue. As in PostgreSQL, a waiter checks for a deadlock only after a second, and the waiter that finds one is its victim.
import type { Engine } from '../engine.ts';
import { EVENTS } from '../event-words.ts';
import type { ScheduledEvent } from '../incarnation.ts';
import { SQL_STATES, StatementError } from './statement-error.ts';

/** The default of PostgreSQL's deadlock_timeout. */
const DEADLOCK_AFTER_MICROS = 1_000_000;

/** Something that one transaction at a time can hold: a row, an advisory key, or the transaction's own end. */
export interface Lockable {
  holder: LockOwner | undefined;
  queue: Wait[] | undefined;
}

/** A transaction as the locks see it. */
export interface LockOwner {
  readonly held: Lockable[];
  /** Held until the transaction ends. Other transactions wait for it, to learn whether its version of a row is committed. */
  readonly ending: Lockable;
  wait: Wait | undefined;
}

/** The wait of one statement. `resume` is called when the wait is over, with the error if the statement is the victim of a deadlock. */
export interface Wait {
  readonly owner: LockOwner;
  readonly on: Lockable;
  timer: ScheduledEvent | undefined;
  resume: ((error?: StatementError) => void) | undefined;
}

/** All locks of one database. */
export class Locks {
  readonly #engine: Engine;
  readonly #keys = new Map<string, Lockable>();

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /** All advisory locks that were ever taken, by their key. */
  get keys(): ReadonlyMap<string, Lockable> {
    return this.#keys;
  }

  /** Takes a lock. Returns undefined if the owner holds it now, and the wait for it otherwise. */
  take(owner: LockOwner, lockable: Lockable): Wait | undefined {
    if (lockable.holder === owner) return undefined;
    if (lockable.holder !== undefined) return this.#wait(owner, lockable);
    lockable.holder = owner;
    owner.held.push(lockable);
    return undefined;
  }

  /** Takes an advisory lock; returns as `take` does. */
  takeKey(owner: LockOwner, key: string): Wait | undefined {
    let lockable = this.#keys.get(key);
    if (lockable === undefined) {
      lockable = { holder: undefined, queue: undefined };
      this.#keys.set(key, lockable);
    }
    return this.take(owner, lockable);
  }

  /** Waits for the end of another transaction. */
  awaitEnd(owner: LockOwner, other: LockOwner): Wait {
    return this.#wait(owner, other.ending);
  }

  /** Passes on all locks of a transaction that has ended. All of them are passed on before any waiter resumes. */
  release(owner: LockOwner): void {
    const woken: Wait[] = [];
    for (const lockable of owner.held) this.#pass(lockable, woken);
    owner.held.length = 0;
    // All waits for the end of this transaction are over.
    if (owner.ending.queue !== undefined) woken.push(...owner.ending.queue.splice(0));
    for (const wait of woken) this.#wake(wait);
  }

  #pass(lockable: Lockable, woken: Wait[]): void {
    const next = lockable.queue?.shift();
    lockable.holder = next?.owner;
    if (next === undefined) return;
    next.owner.held.push(lockable);
    woken.push(next);
    // The first in the queue now waits for another holder, so its deadlock timeout restarts.
    const head = lockable.queue?.[0];
    if (head !== undefined) this.#startTimer(head);
  }

  #wait(owner: LockOwner, on: Lockable): Wait {
    const wait: Wait = { owner, on, timer: undefined, resume: undefined };
    owner.wait = wait;
    on.queue ??= [];
    on.queue.push(wait);
    this.#startTimer(wait);
    return wait;
  }

  #wake(wait: Wait, error?: StatementError): void {
    this.#stopTimer(wait);
    wait.owner.wait = undefined;
    wait.resume?.(error);
  }

  #startTimer(wait: Wait): void {
    this.#stopTimer(wait);
    const look = (): void => {
      if (!isInCycle(wait.owner)) return;
      wait.on.queue?.splice(wait.on.queue.indexOf(wait), 1);
      this.#wake(wait, new StatementError(SQL_STATES.deadlock, 'deadlock detected'));
    };
    wait.timer = this.#engine.schedule(DEADLOCK_AFTER_MICROS, look, EVENTS.deadlockCheck);
  }

  #stopTimer(wait: Wait): void {
    if (wait.timer !== undefined) this.#engine.cancel(wait.timer);
    wait.timer = undefined;
  }
}

/** Each transaction waits for at most one other, so following the waits finds a cycle. */
function isInCycle(owner: LockOwner): boolean {
  const seen = new Set<LockOwner>();
  let next = owner.wait?.on.holder;
  while (next !== undefined && next !== owner && !seen.has(next)) {
    seen.add(next);
    next = next.wait?.on.holder;
  }
  return next === owner;
}
