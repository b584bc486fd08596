// The Env: every effect that a process of the system can have. Each incarnation of a process has its own; the simulator has its own kind.
import type { Http } from './http.ts';
import type { Settings } from './settings.ts';
import type { Store } from './store.ts';

/** What `within` returns when the time limit is reached first. */
export const TIMED_OUT: unique symbol = Symbol('timed out');

/** The type of TIMED_OUT. */
export type TimedOut = typeof TIMED_OUT;

/** The effects of one process incarnation. Parts hold no state: what must outlive a request goes into the store. */
export interface Env {
  /** The clock of this machine in microseconds. It can be skewed, so its times are never sent to another machine. */
  now(): number;
  sleep(ms: number): Promise<void>;
  /** Waits at most `ms` milliseconds for `work`. After that, `work` goes on: it is not cancelled. */
  within<T>(ms: number, work: Promise<T>): Promise<T | TimedOut>;
  /** Starts work that outlives the request and ends with the process. If it rejects, that is a finding. */
  spawn(name: string, work: () => Promise<void>): void;
  uuid(): string;
  readonly http: Http;
  readonly store: Store;
  log(line: string): void;
  readonly settings: Settings;
}
