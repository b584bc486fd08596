// A process with all that it started, also what has left its process group, its session and its parents behind.
import { groupBy } from '../../history/group-by.ts';
import { markerOf } from './marker.ts';
import { listProcesses, type ProcessRecord } from './process-table.ts';

/** A process that was started, and how its kin are known. */
export interface Root {
  readonly pid: number;
  /** Tells it from a later process with the same pid. */
  readonly startTime: string;
  /** Whether it leads a process group. */
  readonly group: boolean;
  /** What it was marked with, where that was possible. */
  readonly marker?: string;
}

/** How often a signal follows processes that are just being started. */
const ROUNDS_MAX = 50;

/** Knows the kin of one process. It recognises a process that it has seen once, even after its parents have ended. */
export class Kin<R extends Root = Root> {
  readonly root: R;
  readonly #seen = new Map<number, string>();

  constructor(root: R) {
    this.root = root;
  }

  /** The kin that run, the process itself among them, by a look at the process table. */
  running(table: readonly ProcessRecord[] = listProcesses()): ProcessRecord[] {
    const alive = table.filter(({ pid, ended }) => !ended && pid !== process.pid);
    const found = new Set(this.#recognised(table, alive));
    const children = groupBy(alive, ({ parent }) => parent);
    // A set is walked in the order in which it grows, so that children of children are reached too.
    for (const { pid } of found) for (const child of children.get(pid) ?? []) found.add(child);
    for (const { pid, startTime } of found) this.#seen.set(pid, startTime);
    return [...found];
  }

  /** Sends a signal to each of the kin once, also to those that are started meanwhile. */
  signal(name: NodeJS.Signals): void {
    if (this.root.group) send(-this.root.pid, name);
    const signalled = new Set<number>();
    for (let round = 0; round < ROUNDS_MAX; round += 1) {
      const fresh = this.running().filter(({ pid }) => !signalled.has(pid));
      if (fresh.length === 0) return;
      for (const { pid, group } of fresh) {
        signalled.add(pid);
        // The group has its signal already; a second one may mean something else.
        if (round > 0 || group !== this.root.pid || !this.root.group) send(pid, name);
      }
    }
  }

  /** Those that are kin by themselves, without regard to their parents. */
  #recognised(table: readonly ProcessRecord[], alive: readonly ProcessRecord[]): ProcessRecord[] {
    const { pid: rootPid, startTime, group, marker } = this.root;
    const current = table.find(({ pid }) => pid === rootPid);
    // A group keeps the pid of its first process from being given out again for as long as it has a member.
    const isPidOurs = current === undefined || current.startTime === startTime;
    return alive.filter(
      (record) =>
        (isPidOurs && (record.pid === rootPid || (group && record.group === rootPid))) ||
        this.#seen.get(record.pid) === record.startTime ||
        (marker !== undefined && markerIn(record) === marker),
    );
  }
}

/** The marker of each record of a table, which many roots ask for and the operating system is asked for once. */
const markers = new WeakMap<ProcessRecord, { readonly marker: string | undefined }>();

function markerIn(record: ProcessRecord): string | undefined {
  const known = markers.get(record) ?? { marker: markerOf(record.pid) };
  markers.set(record, known);
  return known.marker;
}

/** Sends a signal, if the process still exists. */
function send(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It ended between the look at the table and the signal.
  }
}
