// Ends a PostgreSQL server of this machine as a failure would: at once, and all of its processes.
import { setTimeout as sleep } from 'node:timers/promises';
import { InfrastructureError } from '../../platform/errors.ts';
import { listProcesses } from '../guard/process-table.ts';

const POLL_MS = 10;
const POLLS_MAX = 1_000;

/** Kills the server `pid` and what it has started, and waits until none of them is left: what they held in memory is gone then. */
export async function killServer(pid: number): Promise<void> {
  const own = new Set(livingServers(pid));
  for (const each of own) kill(each);
  for (let poll = 0; poll < POLLS_MAX; poll += 1) {
    const left = listProcesses().filter((process) => own.has(process.pid) && !process.ended);
    if (left.length === 0) return;
    await sleep(POLL_MS);
  }
  throw new InfrastructureError(
    `expected PostgreSQL to be gone once it was killed, process ${pid} and its own are not`,
  );
}

/** The server first: it would end its own in order when one of them is killed. */
function livingServers(pid: number): number[] {
  const children = listProcesses().filter((process) => process.parent === pid && !process.ended);
  return [pid, ...children.map((child) => child.pid)];
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}
