// The kin of a process: itself and its descendants, including those that left its process group or session, or outlived their parents.
import { groupBy } from '../../history/group-by.ts';
import { markerOf } from './marker.ts';
import { listProcesses, type ProcessRecord } from './process-table.ts';

/** A process that was started, and how its kin are recognised. */
export interface Root {
  readonly pid: number;
  /** Distinguishes it from a later process with the same pid. */
  readonly startTime: string;
  /** Whether it leads a process group. */
  readonly group: boolean;
  /** The marker that it was started with; absent when this machine cannot mark processes. */
  readonly marker?: string;
}

/** How often the kin are listed again for a signal, because new processes can start meanwhile. */
const ROUNDS_MAX = 50;

/** Finds the kin of one process. It recognises a process that it has seen once, even after the parents of that process have ended. */
export class Kin<R extends Root = Root> {
  readonly root: R;
  readonly #seen = new Map<number, string>();

  constructor(root: R) {
    this.root = root;
  }

  /** The kin in the process table that have not ended, including the process itself. */
  running(table: readonly ProcessRecord[] = listProcesses()): ProcessRecord[] {
    const alive = table.filter(({ pid, ended }) => !ended && pid !== process.pid);
    const found = new Set(this.#recognised(table, alive));
    const children = groupBy(alive, ({ parent }) => parent);
    // The iteration of a set includes members that are added meanwhile, so children of children are reached too.
    for (const { pid } of found) for (const child of children.get(pid) ?? []) found.add(child);
    for (const { pid, startTime } of found) this.#seen.set(pid, startTime);
    return [...found];
  }

  /** Sends a signal to each of the kin once, including those that are started meanwhile. */
  signal(name: NodeJS.Signals): void {
    if (this.root.group) send(-this.root.pid, name);
    const signalled = new Set<number>();
    for (let round = 0; round < ROUNDS_MAX; round += 1) {
      const fresh = this.running().filter(({ pid }) => !signalled.has(pid));
      if (fresh.length === 0) return;
      for (const { pid, group } of fresh) {
        signalled.add(pid);
        // Members of the group have got the signal already, and a second one can have another meaning.
        if (round > 0 || group !== this.root.pid || !this.root.group) send(pid, name);
      }
    }
  }

  /** The kin that are recognised without their parents. */
  #recognised(table: readonly ProcessRecord[], alive: readonly ProcessRecord[]): ProcessRecord[] {
    const { pid: rootPid, startTime, group, marker } = this.root;
    const current = table.find(({ pid }) => pid === rootPid);
    // The pid of a group's leader is not reused while the group has a member.
    const isPidOurs = current === undefined || current.startTime === startTime;
    return alive.filter(
      (record) =>
        (isPidOurs && (record.pid === rootPid || (group && record.group === rootPid))) ||
        this.#seen.get(record.pid) === record.startTime ||
        (marker !== undefined && markerIn(record) === marker),
    );
  }
}

/** Caches the marker of each record of a process table: many roots need it, and one reading is enough. */
const markers = new WeakMap<ProcessRecord, { readonly marker: string | undefined }>();

function markerIn(record: ProcessRecord): string | undefined {
  const known = markers.get(record) ?? { marker: markerOf(record.pid) };
  markers.set(record, known);
  return known.marker;
}

/** Sends a signal to a process, or to a group by its negative pid, if it still exists. */
function send(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It ended between the reading of the table and the signal.
  }
}
