// Gives an output folder one owner at a time, by a lock file that names the process which writes there.
import { readlinkSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { listProcesses, readProcess } from '../live/guard/process-table.ts';
import { InfrastructureError } from '../platform/errors.ts';
import { codeOf } from '../platform/thrown.ts';
import { isIsolated } from './isolation.ts';

const LOCK = '.onesend-lock';
const HINT = 'wait for it, or choose another folder with --out';

/** `startTime` distinguishes a process from a later one with the same pid; `host`, because a pid means nothing on another host. */
const ownerSchema = z.object({
  pid: z.int(),
  startTime: z.string(),
  host: z.string(),
  namespace: z.exactOptional(z.string()),
});

type Owner = z.infer<typeof ownerSchema>;

/**
 * Locks the folder, also if its owner has ended, and returns the function that unlocks it. Throws an InfrastructureError if the owner still
 * runs. An owner on another host counts as ended.
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const path = join(folder, LOCK);
  if (!(await take(path))) {
    const owner = await readOwner(path);
    if (owner !== undefined && isRunning(owner)) {
      throw new InfrastructureError(`${folder} belongs to another run of onesend, process ${owner.pid}`, {
        hint: HINT,
      });
    }
    await rm(path, { force: true });
    if (!(await take(path)))
      throw new InfrastructureError(`${folder} belongs to another run of onesend`, { hint: HINT });
  }
  return () => rm(path, { force: true });
}

/** Makes the lock file; false if there is one already. */
async function take(path: string): Promise<boolean> {
  const { pid } = process;
  const startTime = readProcess(pid)?.startTime ?? '';
  const owner: Owner = { pid, startTime, host: hostname(), namespace: namespaceOf('self') };
  try {
    await writeFile(path, JSON.stringify(owner), { flag: 'wx' });
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    await rm(path, { force: true }).catch(() => undefined);
    throw error;
  }
}

/** The owner that a lock file names; undefined if the file is incomplete or has been removed. */
async function readOwner(path: string): Promise<Owner | undefined> {
  try {
    return ownerSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    return undefined;
  }
}

function isRunning({ pid, startTime, host, namespace }: Owner): boolean {
  if (host !== hostname()) return false;
  // A pid means nothing in another namespace; and from within an isolated one, processes outside of it are not visible.
  if (namespace !== undefined && namespace !== namespaceOf('self')) return isIsolated() || hasProcesses(namespace);
  const found = readProcess(pid);
  if (found !== undefined) return !found.ended && found.startTime === startTime;
  try {
    // Without /proc, signal 0 is the only way to find out.
    return process.kill(pid, 0);
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

/** The pid namespace of a process; empty if it is unknown. */
function namespaceOf(pid: number | 'self'): string {
  try {
    return readlinkSync(`/proc/${pid}/ns/pid`);
  } catch {
    return '';
  }
}

function hasProcesses(namespace: string): boolean {
  return listProcesses().some(({ pid, ended }) => !ended && namespaceOf(pid) === namespace);
}
