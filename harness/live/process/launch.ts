// Starts an operating system process that the guard knows of from its first tick, in a session of its own: a Ctrl-C at the
// terminal is for the rig alone, which then ends its processes in order.
import assert from 'node:assert/strict';
import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { InfrastructureError } from '../../platform/errors.ts';
import type { Guard } from '../guard/guard.ts';

/** What to start. Nothing of the rig's own environment reaches the process but PATH. */
export interface LaunchOptions {
  name: string;
  command: string;
  arguments: readonly string[];
  environment: Record<string, string>;
  stdio: NonNullable<SpawnOptions['stdio']>;
  guard: Guard;
  directory?: string;
  user?: { uid: number; gid: number };
  /** Postgres has its own way to end at once. */
  kind?: 'postgres';
}

/** A process that has been started, and so has a pid. */
export type LaunchedProcess = ChildProcess & { readonly pid: number };

/** Starts the process and waits until the program is loaded; fails when it cannot be. */
export async function launch(options: LaunchOptions): Promise<LaunchedProcess> {
  const child = spawn(options.command, options.arguments, {
    stdio: options.stdio,
    detached: true,
    env: { PATH: process.env['PATH'] ?? '', ...options.environment },
    ...(options.directory === undefined ? {} : { cwd: options.directory }),
    ...(options.user === undefined ? {} : { uid: options.user.uid, gid: options.user.gid }),
  });
  const started = new Promise<void>((done, failed) => {
    child.once('spawn', done);
    child.once('error', failed);
  });
  // Registered in the tick of its start, or a rig killed now would leave it behind.
  if (hasPid(child)) watch(options, child.pid);
  try {
    await started;
    assert(hasPid(child));
  } catch (error) {
    throw new InfrastructureError(`expected to start ${options.name} with ${options.command}: ${String(error)}`, {
      hint: `Check that ${options.command} exists and that this user may run it.`,
      cause: error,
    });
  }
  child.on('error', () => {});
  child.once('exit', () => options.guard.forgetProcess(child.pid));
  return child;
}

function hasPid(child: ChildProcess): child is LaunchedProcess {
  return child.pid !== undefined;
}

function watch({ guard, kind }: LaunchOptions, pid: number): void {
  try {
    if (kind === 'postgres') guard.watchPostgres(pid);
    else guard.watchProcess(pid);
  } catch (error) {
    process.kill(pid, 'SIGKILL');
    throw error;
  }
}
