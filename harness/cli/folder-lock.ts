// Gives an output folder one owner at a time, by a lock file that names the process which writes there.
import { readlinkSync } from 'node:fs';
import { readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { readProcess } from '../live/guard/process-table.ts';
import { InfrastructureError } from '../platform/errors.ts';
import { codeOf } from '../platform/thrown.ts';

const LOCK = '.onesend-lock';

/** How often an owner touches its lock. */
const TOUCH_EVERY_MS = 10_000;

/** How long an owner that cannot be seen has not touched its lock, if it counts as ended: many touches, and more than clocks differ. */
const UNTOUCHED_MINUTES = 2;

/** `startTime` distinguishes a process from a later one with the same pid; `host` and `namespace` say where the pid means something. */
const ownerSchema = z.object({
  pid: z.int(),
  startTime: z.string(),
  host: z.string(),
  /** The pid namespace; empty if it is unknown. */
  namespace: z.string(),
  since: z.iso.datetime(),
});

type Owner = z.infer<typeof ownerSchema>;

/**
 * Locks the folder, also if its owner has ended, and returns the function that unlocks it. Throws an InfrastructureError if the owner may
 * still run.
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const path = join(folder, LOCK);
  const own = JSON.stringify(thisProcess());
  if (!(await take(path, own))) {
    const owner = await readOwner(path);
    if (owner !== undefined && (await mayRun(owner, path))) throw occupied(folder, owner);
    await rm(path, { force: true });
    if (!(await take(path, own))) throw occupied(folder, await readOwner(path));
  }
  const touching = setInterval(() => void touch(path, own), TOUCH_EVERY_MS).unref();
  return async () => {
    clearInterval(touching);
    if (await holds(path, own)) await rm(path, { force: true });
  };
}

function thisProcess(): Owner {
  const { pid } = process;
  return {
    pid,
    startTime: readProcess(pid)?.startTime ?? '',
    host: hostname(),
    namespace: ownNamespace(),
    since: new Date().toISOString(),
  };
}

/** Makes the lock file; false if there is one already. */
async function take(path: string, own: string): Promise<boolean> {
  try {
    await writeFile(path, own, { flag: 'wx' });
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    await rm(path, { force: true }).catch(() => undefined);
    throw error;
  }
}

/** Sets the time of the lock file to now. A lock that the user has removed, or that another run has taken since, is left alone. */
async function touch(path: string, own: string): Promise<void> {
  const now = new Date();
  if (await holds(path, own)) await utimes(path, now, now).catch(() => undefined);
}

async function holds(path: string, own: string): Promise<boolean> {
  return (await readFile(path, 'utf8').catch(() => '')) === own;
}

/** The owner that a lock file names; undefined if the file is incomplete or has been removed. */
async function readOwner(path: string): Promise<Owner | undefined> {
  try {
    return ownerSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    return undefined;
  }
}

/**
 * Whether the owner may still run. A pid can be looked up only on its host and in its namespace. Elsewhere only the time of the lock tells:
 * a folder on a network has owners on hosts that this one does not see. A container is a host of its own, and its lock can be the rest of a
 * job in a cache of CI: a lock that always counted would stop each later job, so one that is no longer touched counts as left behind.
 */
async function mayRun(owner: Owner, path: string): Promise<boolean> {
  return isVisible(owner) ? isRunning(owner) : wasTouched(path);
}

function isVisible({ host, namespace }: Owner): boolean {
  return host === hostname() && namespace === ownNamespace();
}

function isRunning({ pid, startTime }: Owner): boolean {
  const found = readProcess(pid);
  if (found !== undefined) return !found.ended && found.startTime === startTime;
  try {
    // Without /proc, signal 0 is the only way to find out.
    return process.kill(pid, 0);
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

async function wasTouched(path: string): Promise<boolean> {
  const touchedMs = await stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );
  return Date.now() - touchedMs < UNTOUCHED_MINUTES * 60_000;
}

function ownNamespace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return '';
  }
}

/** The error for a folder whose owner may still run, or that another run has just locked. */
function occupied(folder: string, owner: Owner | undefined): InfrastructureError {
  const wait = 'wait for it, or choose another folder with --out';
  if (owner === undefined)
    return new InfrastructureError(`${folder} belongs to another run of onesend`, { hint: wait });
  const { pid, host, since } = owner;
  const remove = `if it has ended, remove ${join(folder, LOCK)}, or try again ${UNTOUCHED_MINUTES} minutes after its end`;
  return new InfrastructureError(
    `${folder} belongs to another run of onesend, process ${pid} on host ${host} since ${since}`,
    { hint: isVisible(owner) ? wait : `${wait}; ${remove}` },
  );
}
