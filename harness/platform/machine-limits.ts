// What this process can use of the machine: memory, processors and processes, within the limits of its control groups (version 1 or 2).
// Depending on its version, Node's own figures ignore some of these limits.
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';

const BYTES_PER_MEGABYTE = 1_048_576;
const MOUNT = '/sys/fs/cgroup';

/** Reads a file of the kernel; undefined when it is not there. */
export type ReadKernelFile = (path: string) => string | undefined;

/** What control groups leave to this process. A figure is `Infinity` where no group has a limit. */
export interface ControlGroupLimits {
  /** How many bytes are left below the limits of memory. What the kernel can reclaim at once counts as left: mostly cached files. */
  readonly memoryBytes: number;
  /** The quota of processor time, as a number of processors. */
  readonly cores: number;
  /** How many processes and threads are left. */
  readonly processes: number;
}

/** Megabytes that this process can still use. */
export function availableMegabytes(): number {
  const bytes = Math.min(process.availableMemory(), controlGroupLimits(readKernelFile).memoryBytes);
  return Math.floor(bytes / BYTES_PER_MEGABYTE);
}

/** Processors that this process can use, at least one. */
export function availableCores(): number {
  return Math.max(1, Math.min(availableParallelism(), Math.floor(controlGroupLimits(readKernelFile).cores)));
}

/** How many more processes and threads may be started, as far as control groups limit them. */
export function controlGroupProcesses(): number {
  return controlGroupLimits(readKernelFile).processes;
}

/** The tightest limits of the groups that this process is in, and of their ancestors. */
export function controlGroupLimits(read: ReadKernelFile): ControlGroupLimits {
  const groups = (read('/proc/self/cgroup') ?? '').split('\n').flatMap((line) => {
    const [, controllers, path] = /^\d+:([^:]*):(.*)$/.exec(line) ?? [];
    return controllers === undefined || path === undefined ? [] : [{ controllers: controllers.split(','), path }];
  });
  const limits = groups.flatMap(({ controllers, path }) => {
    const isSecond = controllers.join('') === '';
    const mounts = isSecond ? [MOUNT, join(MOUNT, 'unified')] : [join(MOUNT, controllers.join(','))];
    return mounts.flatMap((mount) =>
      pathsAbove(path).map((above) => {
        const file = (name: string): string | undefined => read(join(mount, above, name));
        return isSecond ? secondVersion(file) : firstVersion(file);
      }),
    );
  });
  return {
    memoryBytes: Math.min(...limits.map(({ memoryBytes }) => memoryBytes), Number.POSITIVE_INFINITY),
    cores: Math.min(...limits.map(({ cores }) => cores), Number.POSITIVE_INFINITY),
    processes: Math.min(...limits.map(({ processes }) => processes), Number.POSITIVE_INFINITY),
  };
}

type ReadGroupFile = (name: string) => string | undefined;

function firstVersion(file: ReadGroupFile): ControlGroupLimits {
  const reclaimable = statistic(file('memory.stat'), 'total_inactive_file');
  const used = numberIn(file('memory.usage_in_bytes'), 0) - reclaimable;
  const quota = numberIn(file('cpu.cfs_quota_us'), -1);
  const period = numberIn(file('cpu.cfs_period_us'), 100_000);
  return {
    memoryBytes: left(numberIn(file('memory.limit_in_bytes'), Number.POSITIVE_INFINITY), used),
    cores: quota > 0 ? quota / period : Number.POSITIVE_INFINITY,
    processes: processesLeft(file),
  };
}

function secondVersion(file: ReadGroupFile): ControlGroupLimits {
  const reclaimable = statistic(file('memory.stat'), 'inactive_file');
  const used = numberIn(file('memory.current'), 0) - reclaimable;
  const [quota, period] = (file('cpu.max') ?? 'max').split(' ');
  const cores = numberIn(quota, Number.POSITIVE_INFINITY) / numberIn(period, 100_000);
  return {
    memoryBytes: left(numberIn(file('memory.max'), Number.POSITIVE_INFINITY), used),
    cores,
    processes: processesLeft(file),
  };
}

/** Both versions have these files. */
function processesLeft(file: ReadGroupFile): number {
  return left(numberIn(file('pids.max'), Number.POSITIVE_INFINITY), numberIn(file('pids.current'), 0));
}

function left(limit: number, used: number): number {
  return Math.max(0, limit - used);
}

/** The path of a group and of each ancestor. In a container the path can be that of the host, and then only the root is mounted. */
function pathsAbove(path: string): string[] {
  const parts = path.split('/').filter((part) => part !== '');
  return Array.from({ length: parts.length + 1 }, (_, length) => parts.slice(0, length).join('/'));
}

function statistic(text: string | undefined, name: string): number {
  return numberIn(new RegExp(String.raw`^${name} (\d+)$`, 'm').exec(text ?? '')?.[1], 0);
}

/** The number that a text begins with; `otherwise` for a missing text, or for one such as `max`. */
function numberIn(text: string | undefined, otherwise: number): number {
  const value = Number.parseInt(text ?? '', 10);
  return Number.isNaN(value) ? otherwise : value;
}

function readKernelFile(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
