// Cleans up what a watch list names. First it ends the processes, by a signal and then by SIGKILL; then it removes the containers and the
// directories, to which no process can write any more.
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { removeContainers } from './labelled-containers.ts';
import { type ProcessRecord, listProcesses, runsFrom } from './process-table.ts';
import type { WatchList } from './watch-list.ts';

/** How long a process may take to end by itself before it is killed. */
const GRACE_MS = 2_000;
/** How long to repeat SIGKILL after that. A killed process ends in milliseconds unless the kernel holds it. */
const INSIST_MS = 8_000;
const POLL_MS = 25;

/** Ends the processes of `list`, and removes its containers and directories. Returns a sentence for each that is left. */
export async function cleanUp(list: WatchList): Promise<string[]> {
  // At first only the named processes get a signal: each can end what it started in order. For example, programs that initdb runs release
  // their shared memory when their input ends, and leave it behind on a signal.
  const running = new Set(survivors(list).map(({ pid }) => pid));
  for (const { root } of list.processes.values()) if (running.has(root.pid)) signal(root.pid, root.endWith);
  if (!(await allEnded(list, { withinMs: GRACE_MS }))) {
    await allEnded(list, { withinMs: INSIST_MS, kill: true });
  }
  const left = await Promise.all([
    ...[...list.containers.values()].map(removeContainers),
    ...[...list.directories].map(removeDirectory),
  ]);
  return [
    ...survivors(list).map(({ pid, name }) => `process ${pid} (${name}) is still running`),
    ...left.filter((problem) => problem !== undefined),
  ];
}

/**
 * The processes of `list` and their kin that still run, by the current process table. A program in a watched directory counts even if it
 * was not registered: the rig can have died between starting and registering it.
 */
export function survivors(list: WatchList, table: readonly ProcessRecord[] = listProcesses()): ProcessRecord[] {
  const directories = [...list.directories];
  const strays = table.filter(({ pid, ended }) => !ended && pid !== process.pid && runsFrom(pid, directories));
  const kin = [...list.processes.values()].flatMap((each) => each.running(table));
  const pids = new Set([...kin, ...strays].map(({ pid }) => pid));
  return table.filter(({ pid }) => pids.has(pid));
}

async function allEnded(list: WatchList, options: { withinMs: number; kill?: true }): Promise<boolean> {
  // The clock limits the wait, not the number of rounds: on a busy machine each reading of the process table takes long.
  const deadline = performance.now() + options.withinMs;
  do {
    const running = survivors(list);
    if (running.length === 0) return true;
    if (options.kill) for (const { pid } of running) signal(pid, 'SIGKILL');
    await sleep(POLL_MS);
  } while (performance.now() < deadline);
  return false;
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It ended between the reading of the table and the signal, as wanted.
  }
}

async function removeDirectory(path: string): Promise<string | undefined> {
  try {
    await rm(path, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  } catch (error) {
    return `directory ${path} is still there: ${error instanceof Error ? error.message : String(error)}`;
  }
  return existsSync(path) ? `directory ${path} is still there` : undefined;
}
