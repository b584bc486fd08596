// The Env: everything a process of the system may do to the world. One per process incarnation; in simulation it is simulated.
import type { Http } from './http.ts';
import type { Settings } from './settings.ts';
import type { Store } from './store.ts';

/** What `within` answers when the time was up first. */
export const TIMED_OUT: unique symbol = Symbol('timed out');

/** The type of TIMED_OUT. */
export type TimedOut = typeof TIMED_OUT;

/** The world of one process incarnation. Parts hold no state of their own; what must outlive a request goes into the store. */
export interface Env {
  /** Microseconds of this machine. May be skewed; never sent to another machine. */
  now(): number;
  sleep(ms: number): Promise<void>;
  /** Waits at most `ms` for `work`. Abandons it, does not cancel it. */
  within<T>(ms: number, work: Promise<T>): Promise<T | TimedOut>;
  /** Starts work that outlives the request and dies with the process. Its rejection is a finding. */
  spawn(name: string, work: () => Promise<void>): void;
  uuid(): string;
  readonly http: Http;
  readonly store: Store;
  log(line: string): void;
  readonly settings: Settings;
}
