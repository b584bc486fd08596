// What the guard must clean up, and the commands that change this list. The rig and the guard process each keep a copy.
import { Kin, type Root } from './kin.ts';
import type { LabelledContainers } from './labelled-containers.ts';

/** The signals that end a process in good order; SIGQUIT is the immediate shutdown of Postgres. */
export type EndSignal = 'SIGTERM' | 'SIGQUIT';

/** A process to end with all its kin. */
export interface WatchedProcess extends Root {
  readonly endWith: EndSignal;
}

/** One line that the rig sends to the guard. */
export type GuardCommand =
  | { kind: 'watch-process'; process: WatchedProcess }
  | { kind: 'forget-process'; pid: number }
  | { kind: 'watch-directory'; path: string }
  | { kind: 'forget-directory'; path: string }
  | { kind: 'watch-containers'; containers: LabelledContainers }
  | { kind: 'forget-containers'; label: string };

/** Everything that must be cleaned up when the rig has ended. */
export interface WatchList {
  processes: Map<number, Kin<WatchedProcess>>;
  directories: Set<string>;
  /** By their label. */
  containers: Map<string, LabelledContainers>;
}

/** A list that watches nothing. */
export function emptyWatchList(): WatchList {
  return { processes: new Map(), directories: new Set(), containers: new Map() };
}

/** Applies one command to `list`. */
export function applyCommand(list: WatchList, command: GuardCommand): void {
  switch (command.kind) {
    case 'watch-process':
      list.processes.set(command.process.pid, new Kin(command.process));
      break;
    case 'forget-process':
      list.processes.delete(command.pid);
      break;
    case 'watch-directory':
      list.directories.add(command.path);
      break;
    case 'forget-directory':
      list.directories.delete(command.path);
      break;
    case 'watch-containers':
      list.containers.set(command.containers.label, command.containers);
      break;
    case 'forget-containers':
      list.containers.delete(command.label);
      break;
  }
}

/** Applies the command in one line of the pipe. Skips a line that was cut off because the rig died while it wrote the line. */
export function applyLine(list: WatchList, line: string): void {
  try {
    const command: GuardCommand = JSON.parse(line);
    applyCommand(list, command);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
}
