// Ends what a watch list names: processes first, kindly and then not, and then the containers they used and the directories that
// nothing can write to any more.
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { removeContainers } from './labelled-containers.ts';
import { type ProcessRecord, listProcesses, runsFrom } from './process-table.ts';
import type { WatchList } from './watch-list.ts';

/** How long a process may take to end by itself before it is killed. */
const GRACE_MS = 2_000;
/** How long to insist after that. A killed process is gone in milliseconds unless the kernel holds it. */
const INSIST_MS = 8_000;
const POLL_MS = 25;

/** Ends the processes of `list`, removes its containers and directories, and answers with what could not be cleaned, in words. */
export async function cleanUp(list: WatchList): Promise<string[]> {
  // At first only those that were named: each ends what it started in better order than a signal from here would. The
  // programs that initdb runs, for one, give their shared memory back when their input ends, and leave it when signalled.
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
 * The processes of `list` and their kin that still run, by a fresh look at the process table. A program below a watched directory counts
 * even even if it was not registered: the rig may have died between starting it and saying so.
 */
export function survivors(list: WatchList, table: readonly ProcessRecord[] = listProcesses()): ProcessRecord[] {
  const directories = [...list.directories];
  const strays = table.filter(({ pid, ended }) => !ended && pid !== process.pid && runsFrom(pid, directories));
  const kin = [...list.processes.values()].flatMap((each) => each.running(table));
  const pids = new Set([...kin, ...strays].map(({ pid }) => pid));
  return table.filter(({ pid }) => pids.has(pid));
}

async function allEnded(list: WatchList, options: { withinMs: number; kill?: true }): Promise<boolean> {
  // By the clock and not by the number of looks: on a busy machine with many processes each look takes long.
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
    // It ended between the look at the table and the signal, which is all that was wanted.
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
