// The Env of one life of a simulated process: the same port as that of a real process, in virtual time.
import { type Env, TIMED_OUT, type TimedOut } from '../../src/contract/env.ts';
import type { Http, HttpOutcome, HttpPost } from '../../src/contract/http.ts';
import type { Settings } from '../../src/contract/settings.ts';
import type { Store } from '../../src/contract/store.ts';
import { messageOf } from '../platform/thrown.ts';
import { microsOf } from './clock.ts';
import type { ScheduleOptions } from './engine.ts';
import type { Incarnation } from './incarnation.ts';
import type { World } from './world.ts';

/** How far the clock of a process is off, and from which moment of virtual time on. */
export interface ClockError {
  readonly byMicros: number;
  readonly fromMicros: number;
}

/** What an Env needs. */
export interface SimEnvOptions {
  readonly world: World;
  readonly owner: Incarnation;
  readonly store: Store;
  /** Called when the process first reads its clock: the error of a clock that is never read makes no difference, so none is decided. */
  readClock(): ClockError;
  post(request: HttpPost): Promise<HttpOutcome>;
}

/** The Env of one incarnation. */
export class SimEnv implements Env {
  readonly settings: Settings;
  readonly store: Store;
  readonly http: Http;
  readonly #world: World;
  readonly #owner: Incarnation;
  readonly #sleeps: ScheduleOptions;
  readonly #limits: ScheduleOptions;
  readonly #readClock: () => ClockError;
  #clockError: ClockError | undefined;
  #uuids = 0;

  constructor({ world, owner, store, readClock, post }: SimEnvOptions) {
    this.#world = world;
    this.#owner = owner;
    this.#sleeps = { owner, what: 'the end of a sleep' };
    this.#limits = { owner, what: 'a time limit' };
    this.#readClock = readClock;
    this.store = store;
    this.settings = world.settings[owner.role];
    this.http = { post };
  }

  // Properties and not methods: a system can take the functions off the Env and pass them on.

  readonly now = (): number => {
    const { nowMicros } = this.#world;
    this.#clockError ??= this.#readClock();
    const { byMicros, fromMicros } = this.#clockError;
    return nowMicros >= fromMicros ? nowMicros + byMicros : nowMicros;
  };

  readonly sleep = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      this.#world.engine.schedule(microsOf(ms), resolve, this.#sleeps);
    });

  readonly within = <T>(ms: number, work: Promise<T>): Promise<T | TimedOut> => {
    const { engine } = this.#world;
    return new Promise((resolve, reject) => {
      const timer = engine.schedule(microsOf(ms), () => resolve(TIMED_OUT), this.#limits);
      // Both handlers stay attached after the timeout: work that fails later must not cause an unhandled rejection.
      work.then(
        (value) => {
          engine.cancel(timer);
          return resolve(value);
        },
        (error: unknown) => {
          engine.cancel(timer);
          reject(error);
        },
      );
    });
  };

  readonly spawn = (name: string, work: () => Promise<void>): void => {
    const owner = this.#owner;
    owner.begin();
    Promise.resolve()
      .then(work)
      .then(
        () => owner.finish(),
        (error: unknown) => {
          const message = `${name}: ${messageOf(error)}`;
          this.log(`UNHANDLED_REJECTION: ${message}`);
          this.#world.reportAnomaly('unhandled-rejection', `${owner.name}: ${message}`);
          owner.finish();
        },
      );
  };

  readonly uuid = (): string => {
    const attempt = this.#uuids;
    this.#uuids += 1;
    return this.#world.random.uuid({ site: 'uuid', message: this.#owner.name, attempt });
  };

  readonly log = (line: string): void => {
    const oneLine = line.replaceAll(/\r?\n/g, '\\n');
    this.#world.recorder.note({ kind: 'log', process: this.#owner.role, line: oneLine });
  };
}
