// What the guard has been asked to clean, and the orders that change it. The rig and the guard process each keep one copy.
import type { LabelledContainers } from './labelled-containers.ts';

/** The signals that end a process in good order; SIGQUIT is the immediate shutdown of Postgres. */
export type EndSignal = 'SIGTERM' | 'SIGQUIT';

/** A process to end: `startTime` tells it from a later one with the same pid; with `group`, all of its process group ends. */
export type WatchedProcess = { pid: number; startTime: string; group: boolean; endWith: EndSignal };

/** One line that the rig sends to the guard. */
export type Order =
  | { kind: 'watch-process'; process: WatchedProcess }
  | { kind: 'forget-process'; pid: number }
  | { kind: 'watch-directory'; path: string }
  | { kind: 'forget-directory'; path: string }
  | { kind: 'watch-containers'; containers: LabelledContainers }
  | { kind: 'forget-containers'; label: string };

/** All that is left to clean when the rig is gone. */
export type WatchList = {
  processes: Map<number, WatchedProcess>;
  directories: Set<string>;
  /** By their label. */
  containers: Map<string, LabelledContainers>;
};

/** A list that watches nothing. */
export function emptyWatchList(): WatchList {
  return { processes: new Map(), directories: new Set(), containers: new Map() };
}

/** Carries out one order on `list`. */
export function applyOrder(list: WatchList, order: Order): void {
  switch (order.kind) {
    case 'watch-process':
      list.processes.set(order.process.pid, order.process);
      break;
    case 'forget-process':
      list.processes.delete(order.pid);
      break;
    case 'watch-directory':
      list.directories.add(order.path);
      break;
    case 'forget-directory':
      list.directories.delete(order.path);
      break;
    case 'watch-containers':
      list.containers.set(order.containers.label, order.containers);
      break;
    case 'forget-containers':
      list.containers.delete(order.label);
      break;
  }
}

/** Carries out one line of the pipe. A line that was cut off because the rig died while writing it is passed over. */
export function applyLine(list: WatchList, line: string): void {
  try {
    const order: Order = JSON.parse(line);
    applyOrder(list, order);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
}
