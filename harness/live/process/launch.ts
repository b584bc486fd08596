// Starts a process that the guard watches from its first tick. The process has its own session, so that Ctrl-C at the terminal reaches only
// the rig, which then ends its processes in order.
import assert from 'node:assert/strict';
import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { InfrastructureError } from '../../platform/errors.ts';
import type { Guard } from '../guard/guard.ts';
import { Kin, type Root } from '../guard/kin.ts';
import { newMarker, withMarker } from '../guard/marker.ts';

/** What to start. Of the rig's own environment, the process gets only PATH. */
export interface LaunchOptions {
  name: string;
  command: string;
  arguments: readonly string[];
  environment: Record<string, string>;
  stdio: NonNullable<SpawnOptions['stdio']>;
  guard: Guard;
  directory?: string;
  user?: { uid: number; gid: number };
  /** The guard ends `postgres` with SIGQUIT. It watches a `system` process until the caller forgets it, any other until it exits. */
  kind?: 'postgres' | 'system';
}

/** A process that has been started, and so has a pid. */
export type LaunchedProcess = ChildProcess & { readonly pid: number };

/** A process that has been started, with what it starts itself. */
export interface Launched {
  readonly child: LaunchedProcess;
  readonly kin: Kin;
}

/** Starts the process and waits until the program is loaded; fails when it cannot be. */
export async function launch(options: LaunchOptions): Promise<Launched> {
  const environment = { PATH: process.env['PATH'] ?? '', ...options.environment };
  const place = { path: environment.PATH, directory: options.directory ?? process.cwd() };
  const marker = newMarker();
  const line = withMarker(options, marker, place);
  const child = spawn(line.command, line.arguments, {
    stdio: options.stdio,
    detached: true,
    env: environment,
    ...(options.directory === undefined ? {} : { cwd: options.directory }),
    ...(options.user === undefined ? {} : { uid: options.user.uid, gid: options.user.gid }),
  });
  const started = new Promise<void>((done, failed) => {
    child.once('spawn', done);
    child.once('error', failed);
  });
  // Registered in the tick of its start, so that a rig that is killed later does not leave it behind.
  const root = hasPid(child) ? watch(options, { pid: child.pid, marker }) : undefined;
  try {
    await started;
    assert(hasPid(child));
  } catch (error) {
    throw cannotStart(options, error);
  }
  child.on('error', () => {});
  if (options.kind !== 'system') child.once('exit', () => options.guard.forgetProcess(child.pid));
  const kin = new Kin(root ?? GONE);
  if (marker === undefined) trackKin(child, kin);
  return { child, kin };
}

/** The operating system reports a missing directory in the same way as a missing program. */
function cannotStart({ name, command, directory }: LaunchOptions, cause: unknown): InfrastructureError {
  if (directory !== undefined && !existsSync(directory))
    return new InfrastructureError(`expected ${name} to run in ${directory}, which is not there`, {
      hint: '`cwd` is relative to the description',
      cause,
    });
  return new InfrastructureError(`expected to start ${name} with ${command}: ${String(cause)}`, {
    hint: `Check that ${command} is installed and that this user may run it.`,
    cause,
  });
}

/** How often the kin of an unmarked process are listed. Kin whose parents end between two listings are not found again. */
const LIST_MS = 250;

function trackKin(child: LaunchedProcess, kin: Kin): void {
  const listing = setInterval(() => kin.running(), LIST_MS).unref();
  child.once('exit', () => clearInterval(listing));
}

/** The root of a process that ended before it was found in the process table. No process is kin of it. */
const GONE: Root = { pid: Number.MAX_SAFE_INTEGER, startTime: '', group: false };

function hasPid(child: ChildProcess): child is LaunchedProcess {
  return child.pid !== undefined;
}

function watch(
  { guard, kind }: LaunchOptions,
  { pid, marker }: { pid: number; marker: string | undefined },
): Root | undefined {
  try {
    return guard.watchProcess(pid, { marker, endWith: kind === 'postgres' ? 'SIGQUIT' : 'SIGTERM' });
  } catch (error) {
    process.kill(pid, 'SIGKILL');
    throw error;
  }
}
