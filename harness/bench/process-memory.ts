// The memory of this process and all its descendants. A page that several processes share is divided among them (PSS).
import { readdirSync, readFileSync } from 'node:fs';

/** The sum of the proportional set sizes (PSS) in MiB; 0 on systems other than Linux, which have no such files in /proc. */
export function proportionalMemoryMb(): number {
  const parents = parentsOfAll();
  let kilobytes = 0;
  for (const pid of parents.keys()) {
    if (descendsFrom(pid, process.pid, parents)) kilobytes += proportionalKilobytes(pid);
  }
  return kilobytes / 1_024;
}

function parentsOfAll(): Map<number, number> {
  const parents = new Map<number, number>();
  for (const name of readProcFolder()) {
    const pid = Number(name);
    const stat = Number.isInteger(pid) ? readQuietly(`/proc/${pid}/stat`) : '';
    // The command in parentheses can contain any characters; the parent is the second field after it.
    const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
    if (stat !== '') parents.set(pid, parent);
  }
  return parents;
}

function descendsFrom(pid: number, ancestor: number, parents: ReadonlyMap<number, number>): boolean {
  for (let current: number | undefined = pid; current !== undefined && current > 1; current = parents.get(current)) {
    if (current === ancestor) return true;
  }
  return false;
}

function proportionalKilobytes(pid: number): number {
  return Number(/^Pss:\s+(\d+)/m.exec(readQuietly(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0);
}

function readProcFolder(): string[] {
  try {
    return readdirSync('/proc');
  } catch {
    return [];
  }
}

/** The content of a file; '' if its process has ended since it was listed. */
function readQuietly(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
