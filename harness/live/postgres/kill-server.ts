// Kills all processes of a PostgreSQL server on this machine at once, as a crash would.
import { setTimeout as sleep } from 'node:timers/promises';
import { InfrastructureError } from '../../platform/errors.ts';
import { listProcesses } from '../guard/process-table.ts';

const POLL_MS = 10;
const POLLS_MAX = 1_000;

/** Kills the server `pid` and its children, and waits until all have ended, so that what they held in memory is lost. */
export async function killServer(pid: number): Promise<void> {
  const own = new Set(livingServers(pid));
  for (const each of own) kill(each);
  for (let poll = 0; poll < POLLS_MAX; poll += 1) {
    const left = listProcesses().filter((process) => own.has(process.pid) && !process.ended);
    if (left.length === 0) return;
    await sleep(POLL_MS);
  }
  throw new InfrastructureError(
    `expected PostgreSQL to end when it was killed, process ${pid} or a child of it still runs`,
  );
}

/** The server comes first: if a child were killed before it, the server would end the other children in order. */
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
