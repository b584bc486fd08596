// The Env of a real process: its clock, its HTTP client, its database and its log.
import { randomUUID } from 'node:crypto';
import { type Env, TIMED_OUT, type TimedOut } from '../contract/env.ts';
import type { Http } from '../contract/http.ts';
import type { Settings } from '../contract/settings.ts';
import type { Store } from '../contract/store.ts';
import { nowMicros, startTimer } from './clock.ts';
import { WorkUnderWay } from './work-under-way.ts';

/** What an Env is made of. `writeLine` gets each log line without its line break; the default prints it to standard output. */
export interface NodeEnvOptions {
  readonly settings: Settings;
  readonly http: Http;
  readonly store: Store;
  /** Counts spawned work. Absent if no caller needs the count. */
  readonly work?: WorkUnderWay;
  readonly writeLine?: (line: string) => void;
}

/** The Env of this process. */
export function createNodeEnv(options: NodeEnvOptions): Env {
  const { writeLine = writeToStdout, work = new WorkUnderWay() } = options;
  const log = (line: string): void => writeLine(line.replaceAll(/\r?\n/g, '\\n'));
  return {
    now: nowMicros,
    sleep: (ms) => new Promise((done) => startTimer(ms, done)),
    within,
    spawn(name, spawned) {
      // It starts in a later microtask, so that even a synchronous throw cannot reach the caller.
      work
        .track(Promise.resolve().then(spawned))
        .catch((error: unknown) => log(`UNHANDLED_REJECTION: ${name}: ${messageOf(error)}`));
    },
    uuid: randomUUID,
    http: options.http,
    store: options.store,
    log,
    settings: options.settings,
  };
}

/** The message of an error, or the text of any other thrown value. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function within<T>(ms: number, work: Promise<T>): Promise<T | TimedOut> {
  return new Promise((resolve, reject) => {
    const cancel = startTimer(ms, () => resolve(TIMED_OUT));
    // Work can still fail after the time limit. Both handlers stay attached, so that this is not an unhandled rejection.
    work.then(resolve, reject).finally(cancel);
  });
}

function writeToStdout(line: string): void {
  process.stdout.write(`${line}\n`);
}
