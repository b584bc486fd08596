// One process of a system under certification: the lines that it writes, its exit, and the signals that the nemesis sends it.
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { InfrastructureError } from '../../platform/errors.ts';
import type { Guard } from '../guard/guard.ts';
import type { Kin } from '../guard/kin.ts';
import { type LaunchedProcess, launch } from './launch.ts';
import { readLines } from './lines.ts';

/** How a process ended: with an exit code, or by a signal. */
export interface ChildExit {
  code: number | null;
  signal: string | null;
}

/** What to start, and the listeners. The process sees `environment` and PATH, and no other variable. */
export interface ChildOptions {
  name: string;
  command: string;
  arguments: readonly string[];
  environment: Record<string, string>;
  guard: Guard;
  /** `atMicros` is the monotonic clock of this machine when the rig read the line. */
  onLine(line: string, stream: 'stdout' | 'stderr', atMicros: number): void;
  /** Called once, after the last line. */
  onExit(exit: ChildExit): void;
  directory?: string;
}

/** A running process with its descendants, which are paused, resumed and killed with it, even in other sessions. */
export interface Child {
  readonly pid: number;
  readonly name: string;
  /** The pids of the process and of all that it started. */
  pids(): number[];
  /** Sends a signal to the process and to all that it started. Does nothing once it has ended. */
  kill(signal: NodeJS.Signals): void;
  /** Sends SIGTERM to the process alone. As in a container, the process itself must end what it started. */
  askToEnd(): void;
  /** Ends its stdin, asks it to end, and kills it if it does not. Fails when something that it started cannot be ended. */
  stop(): Promise<void>;
  /** The last lines that it wrote to stdout, and then those to stderr, for a message that says why it ended. */
  recentLines(): readonly string[];
  /** Resolves once the process and all that it started have ended; rejects when one of them cannot be ended. */
  readonly exited: Promise<ChildExit>;
}

/** How long a process may take to end when it is asked to. */
const GRACE_MS = 2_000;
/** How long to wait for the last lines of a process whose pipes another process holds open. */
const LAST_LINES_MS = 500;
/** How long to repeat SIGKILL until all that it started has ended, and how often to check. */
const INSIST_MS = 5_000;
const POLL_MS = 10;
const RECENT_LINES_MAX = 10;

/** Starts a process whose stdin is a pipe held by the rig: a well-behaved process ends when that pipe does. */
export async function startChild(options: ChildOptions): Promise<Child> {
  const { name } = options;
  const { child, kin } = await launch({ ...options, kind: 'system', stdio: ['pipe', 'pipe', 'pipe'] });
  assert(child.stdin && child.stdout && child.stderr);
  const recent = { stdout: [] as string[], stderr: [] as string[] };
  child.stdin.on('error', () => {});
  const takeLine = (line: string, stream: 'stdout' | 'stderr'): void => {
    recent[stream].push(line);
    if (recent[stream].length > RECENT_LINES_MAX) recent[stream].shift();
    options.onLine(line, stream, monotonicMicros());
  };
  readLines(child.stdout, (line) => takeLine(line, 'stdout'));
  readLines(child.stderr, (line) => takeLine(line, 'stderr'));
  const kill = (signal: NodeJS.Signals): void => {
    if (child.exitCode === null && child.signalCode === null) kin.signal(signal);
  };
  const askToEnd = (): void => {
    child.kill('SIGTERM');
  };
  const exited = ended({ child, kin, name }).then((exit) => {
    options.guard.forgetProcess(child.pid);
    options.onExit(exit);
    return exit;
  });
  // `stop` reports a failure to its caller; without that call, the guard ends what is left. It must not be an unhandled rejection.
  exited.catch(() => {});
  return {
    pid: child.pid,
    name,
    pids: () => kin.running().map(({ pid }) => pid),
    kill,
    askToEnd,
    stop: () => stop({ child, kill, askToEnd, exited }),
    recentLines: () => [...recent.stdout, ...recent.stderr],
    exited,
  };
}

async function stop(running: {
  child: LaunchedProcess;
  kill: (signal: NodeJS.Signals) => void;
  askToEnd: () => void;
  exited: Promise<ChildExit>;
}): Promise<void> {
  const { child, kill, askToEnd, exited } = running;
  child.stdin?.end();
  // A process that the nemesis has paused cannot act on SIGTERM before it runs again.
  kill('SIGCONT');
  askToEnd();
  const abandon = new AbortController();
  const overdue = sleep(GRACE_MS, undefined, { signal: abandon.signal }).then(
    () => kill('SIGKILL'),
    () => {},
  );
  await exited;
  abandon.abort();
  await overdue;
}

/** Waits for the end of the process, of all that it started, and for its last lines. */
async function ended({ child, kin, name }: { child: LaunchedProcess; kin: Kin; name: string }): Promise<ChildExit> {
  const closed = new Promise<void>((done) => child.once('close', () => done()));
  const exit = await new Promise<ChildExit>((done) =>
    child.once('exit', (code, signal) => {
      // The processes that it started must not hold its pipes or its ports.
      kin.signal('SIGKILL');
      done({ code, signal });
    }),
  );
  await untilNone(kin, name);
  const abandon = new AbortController();
  await Promise.race([closed, sleep(LAST_LINES_MS, undefined, { signal: abandon.signal }).catch(() => {})]);
  abandon.abort();
  return exit;
}

/** Waits until no kin runs. A killed process is gone in milliseconds unless the kernel holds it. */
async function untilNone(kin: Kin, name: string): Promise<void> {
  let left = kin.running();
  for (let waitedMs = 0; left.length > 0 && waitedMs < INSIST_MS; waitedMs += POLL_MS) {
    await sleep(POLL_MS);
    kin.signal('SIGKILL');
    left = kin.running();
  }
  if (left.length === 0) return;
  const names = left.map((record) => `${record.name} (process ${record.pid})`).join(', ');
  throw new InfrastructureError(`expected all that ${name} started to end with it, still running: ${names}`, {
    hint: 'end them by hand',
  });
}

function monotonicMicros(): number {
  return Number(process.hrtime.bigint() / 1_000n);
}
