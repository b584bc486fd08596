// The rig's side of the guard. The guard is a small process that outlives even a SIGKILL of the rig. It ends the processes that the rig
// started and removes what the rig made.
import assert from 'node:assert/strict';
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { homedir, tmpdir } from 'node:os';
import { existsSync } from 'node:fs';
import { dirname, isAbsolute, resolve } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { compiledModule } from '../../platform/compiled-module.ts';
import { InfrastructureError } from '../../platform/errors.ts';
import { messageOf } from '../../platform/thrown.ts';
import { cleanUp } from './clean-up.ts';
import type { LabelledContainers } from './labelled-containers.ts';
import type { Root } from './kin.ts';
import { readProcess } from './process-table.ts';
import { applyCommand, emptyWatchList, type EndSignal, type GuardCommand, type WatchList } from './watch-list.ts';

/** Keeps the list of what must not outlive the rig. Watching throws an InfrastructureError when the guard has ended or is closing. */
export interface Guard {
  readonly pid: number;
  /** Ends `pid` and its kin when the rig has ended. Call it in the tick that started `pid`. Undefined when `pid` has ended already. */
  watchProcess(pid: number, options?: WatchOptions): Root | undefined;
  forgetProcess(pid: number): void;
  /** Removes the directory, and ends programs that run from it, when the rig has ended. `path` must contain no symbolic links. */
  watchDirectory(path: string): void;
  forgetDirectory(path: string): void;
  /** Removes the containers with the label when the rig has ended. Call it before the first one is made. */
  watchContainers(containers: LabelledContainers): void;
  forgetContainers(label: string): void;
  /** Cleans up what is still watched, and waits until the guard has ended. Throws an InfrastructureError when something is left. */
  close(): Promise<void>;
}

/** How a process is watched. */
export interface WatchOptions {
  /** The marker that it was started with. */
  readonly marker?: string | undefined;
  /** The first signal to end it. SIGQUIT makes a PostgreSQL server shut down at once. */
  readonly endWith?: EndSignal;
}

/** Node hangs while it starts if it gets too few threads. */
const START_MS_MAX = 20_000;
const PROCESSES_HINT = 'Allow more processes and threads: ulimit -u, or the pids limit of the container.';

type GuardProcess = ChildProcessByStdio<Writable, Readable, null>;

/** Starts the guard process; nothing else should be started before it. */
export async function startGuard(): Promise<Guard> {
  if (readProcess(process.pid) === undefined) {
    const table = process.platform === 'linux' ? '/proc' : 'the program ps';
    throw new InfrastructureError(`expected to find this process by ${table}, it is not there`, {
      hint: process.platform === 'linux' ? 'mount -t proc proc /proc' : 'Install ps.',
    });
  }
  const { child, pid } = await startProcess();
  const list = emptyWatchList();
  const exited = new Promise<number | null>((done) => child.once('exit', done));
  const send = (command: GuardCommand): void => {
    applyCommand(list, command);
    child.stdin.write(`${JSON.stringify(command)}\n`);
  };
  let closing: Promise<void> | undefined;
  const assertWatching = (): void => {
    assertAlive(child);
    if (closing === undefined) return;
    throw new InfrastructureError('expected nothing to be started or made any more, the rig is closing');
  };
  return {
    pid,
    watchProcess(target, { marker, endWith = 'SIGTERM' } = {}) {
      assertWatching();
      const found = readProcess(target);
      // The process has ended already, so there is nothing to watch.
      if (found === undefined) return undefined;
      const { startTime, group } = found;
      const root = { pid: target, startTime, group: group === target, ...(marker === undefined ? {} : { marker }) };
      send({ kind: 'watch-process', process: { ...root, endWith } });
      return root;
    },
    forgetProcess: (target) => send({ kind: 'forget-process', pid: target }),
    watchDirectory(path) {
      assertRemovable(path);
      assertWatching();
      send({ kind: 'watch-directory', path });
    },
    forgetDirectory: (path) => send({ kind: 'forget-directory', path }),
    watchContainers(containers) {
      assertWatching();
      send({ kind: 'watch-containers', containers });
    },
    forgetContainers: (label) => send({ kind: 'forget-containers', label }),
    close: () => (closing ??= endGuard(child, { exited, list })),
  };
}

async function startProcess(): Promise<{ child: GuardProcess; pid: number }> {
  const entry = compiledModule(import.meta.url, './guard-process.ts');
  const child = spawn(process.execPath, [entry], {
    cwd: '/',
    // It gets its own session, so that signals for the terminal's process group do not reach it.
    detached: true,
    env: { PATH: process.env['PATH'] ?? '' },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  // Writing to a guard that has ended must not end the rig. The next call to watch something throws.
  child.stdin.on('error', () => {});
  const answer = await Promise.race([
    once(child.stdout, 'data').then(() => 'ready'),
    once(child, 'exit').then(() => 'it ended at once'),
    once(child, 'error').then(([error]) => messageOf(error)),
    sleep(START_MS_MAX, `it did not start within ${START_MS_MAX / 1_000} s`, { ref: false }),
  ]).catch(messageOf);
  const { pid } = child;
  if (answer !== 'ready' || pid === undefined) {
    child.kill('SIGKILL');
    throw new InfrastructureError(`expected the guard process to start from ${entry}, ${answer}`, {
      hint: existsSync(entry) ? PROCESSES_HINT : 'In a clone, run `npm run build` first.',
    });
  }
  // The guard must not keep the rig from ending.
  child.stdout.destroy();
  child.unref();
  unrefStream(child.stdin);
  return { child, pid };
}

async function endGuard(
  child: GuardProcess,
  { exited, list }: { exited: Promise<number | null>; list: WatchList },
): Promise<void> {
  child.ref();
  child.stdin.end();
  const code = await exited;
  // A guard that was killed has cleaned up nothing, so the rig does it.
  const left = code === 0 ? [] : await cleanUp(list);
  if (left.length > 0) {
    throw new InfrastructureError(`expected nothing to be left behind, found: ${left.join('; ')}`, {
      hint: 'End these processes and remove these containers and directories by hand.',
    });
  }
}

function assertAlive(child: GuardProcess): void {
  if (child.exitCode === null && child.signalCode === null && !child.stdin.destroyed) return;
  throw new InfrastructureError(`expected the guard process ${String(child.pid)} to be running, it has ended`, {
    hint: 'Something outside the rig ended it; start again.',
  });
}

/** Refuses a path that can only be a mistake: the guard removes it without asking, and can run as root. */
function assertRemovable(path: string): void {
  assert(isAbsolute(path) && resolve(path) === path, `the guard needs a normal absolute path, got ${path}`);
  const precious = ['/', homeOfUser(), tmpdir(), process.cwd()];
  assert(!precious.includes(path) && dirname(path) !== '/', `the guard will not remove ${path}`);
}

/** The home of the user; the root for a user without a name, who can have no home. */
function homeOfUser(): string {
  try {
    return homedir();
  } catch {
    return '/';
  }
}

function unrefStream(stream: Writable): void {
  if ('unref' in stream && typeof stream.unref === 'function') stream.unref();
}
