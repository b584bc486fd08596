// Checks the resources of a run: processors, memory, disk space, open files and processes. The figures respect the limits of the container
// and of the user.
import { mkdtemp, readdir, readFile, rm, statfs, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultSlots } from '../live/lane.ts';
import { availableCores, availableMegabytes, controlGroupProcesses } from '../platform/machine-limits.ts';
import type { DoctorCheck } from '../formats/doctor.ts';
import { examined } from './examination.ts';

/** What the servers and one slot need: the least for any run. */
const LEAST = { megabytes: 350, roomMegabytes: 100, openFiles: 256, processes: 100 };

const BYTES_PER_MEGABYTE = 1_048_576;

/** Checks all resources. */
export async function examineResources(): Promise<DoctorCheck[]> {
  return [
    { subject: 'processor cores', isGood: true, isNeeded: false, finding: coresInWords() },
    await examined({ subject: 'free memory', isNeeded: true }, measureMemory),
    await examined({ subject: 'temporary folder', isNeeded: true }, measureRoom),
    await examined({ subject: 'open files', isNeeded: true }, countOpenFiles),
    await examined({ subject: 'processes', isNeeded: true }, countProcesses),
  ];
}

function coresInWords(): string {
  const [cores, all] = [availableCores(), availableParallelism()];
  return cores === all ? String(cores) : `${cores} of ${all}, by the quota of the control group`;
}

async function measureMemory(): Promise<string> {
  const megabytes = availableMegabytes();
  assertEnough(megabytes, LEAST.megabytes, 'MB; raise the memory limit');
  return `${megabytes} MB: ${defaultSlots()} slots by default`;
}

/** Writes a file, and reports the free space. */
async function measureRoom(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'onesend-doctor-'));
  try {
    await writeFile(join(folder, 'probe'), 'probe');
    const { bavail, bsize } = await statfs(folder);
    const megabytes = Math.floor((bavail * bsize) / BYTES_PER_MEGABYTE);
    assertEnough(megabytes, LEAST.roomMegabytes, `MB in ${tmpdir()}; make room, or set TMPDIR`);
    return `${tmpdir()}, ${megabytes} MB free`;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Node raises its soft limit to the hard limit of the user, so the limit of this process counts. */
async function countOpenFiles(): Promise<string> {
  const most = await readLimit('Max open files');
  assertEnough(most, LEAST.openFiles, 'at most; allow more: ulimit -n 4096');
  return `${inWords(most)} at most`;
}

/** The limit of a user counts all threads of that user, except for root; that of a control group counts the threads in the group. */
async function countProcesses(): Promise<string> {
  const isRoot = process.getuid?.() === 0;
  const ofUser = isRoot ? Number.POSITIVE_INFINITY : (await readLimit('Max processes')) - (await countThreads());
  const more = Math.min(ofUser, controlGroupProcesses());
  assertEnough(more, LEAST.processes, 'more; allow more: ulimit -u, or the pids limit of the container');
  return `${inWords(more)} more`;
}

/** A soft limit of this process; `Infinity` if there is none, or if it cannot be read. */
async function readLimit(name: string): Promise<number> {
  const text = await readFile('/proc/self/limits', 'utf8').catch(() => '');
  const value = new RegExp(String.raw`^${name} +(\d+)`, 'm').exec(text)?.[1];
  return value === undefined ? Number.POSITIVE_INFINITY : Number(value);
}

/** The threads of this user. */
async function countThreads(): Promise<number> {
  const uid = process.getuid?.() ?? -1;
  const names = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name));
  const threads = names.map(async (name) => {
    const text = await readFile(`/proc/${name}/status`, 'utf8').catch(() => '');
    const isOwn = new RegExp(String.raw`^Uid:\t${uid}\t`, 'm').test(text);
    return isOwn ? Number(/^Threads:\t(\d+)/m.exec(text)?.[1] ?? 0) : 0;
  });
  return (await Promise.all(threads)).reduce((sum, each) => sum + each, 0);
}

function assertEnough(found: number, least: number, what: string): void {
  if (found < least) throw new Error(`${found} ${what} (at least ${least})`);
}

function inWords(count: number): string {
  return Number.isFinite(count) ? String(count) : 'any number';
}
