// One owner for an output folder: a file that names the process which writes there.
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

/** The start tells a process from a later one with the same pid; of a process on another host nothing can be said. */
const ownerSchema = z.object({
  pid: z.int(),
  startTime: z.string(),
  host: z.string(),
  namespace: z.exactOptional(z.string()),
});

type Owner = z.infer<typeof ownerSchema>;

/** Takes the folder, also from an owner that has ended; answers with how to give it back. An InfrastructureError names an owner that lives. */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const path = join(folder, LOCK);
  if (!(await take(path))) {
    const owner = await readOwner(path);
    if (owner !== undefined && lives(owner)) {
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

/** Makes the lock; false when there is one. */
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

/** The owner that a lock names; undefined when it was cut off or has gone. */
async function readOwner(path: string): Promise<Owner | undefined> {
  try {
    return ownerSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    return undefined;
  }
}

function lives({ pid, startTime, host, namespace }: Owner): boolean {
  if (host !== hostname()) return false;
  // Pids of another namespace mean nothing here, and processes outside of this one are not visible.
  if (namespace !== undefined && namespace !== namespaceOf('self')) return isIsolated() || isInhabited(namespace);
  const found = readProcess(pid);
  if (found !== undefined) return !found.ended && found.startTime === startTime;
  try {
    // Without /proc only this can tell.
    return process.kill(pid, 0);
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

/** The namespace of pids of a process; empty where it is unknown. */
function namespaceOf(pid: number | 'self'): string {
  try {
    return readlinkSync(`/proc/${pid}/ns/pid`);
  } catch {
    return '';
  }
}

function isInhabited(namespace: string): boolean {
  return listProcesses().some(({ pid, ended }) => !ended && namespaceOf(pid) === namespace);
}
