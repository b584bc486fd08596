// A marker that a process passes on to all its descendants. They keep it after setsid, exec, and a change of environment or user. It is the
// soft limit on file locks (RLIMIT_LOCKS), which Linux keeps, shows and inherits, and has not enforced since 2.4.25.
import { execFileSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { accessSync, constants, readFileSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';

/** What to start: a program, by its path or by its name in PATH, and its arguments. */
export interface CommandLine {
  readonly command: string;
  readonly arguments: readonly string[];
}

/** Where to find a command: `path` is a PATH, and relative paths are relative to `directory`. */
export interface CommandPlace {
  readonly path: string;
  readonly directory: string;
}

/** Markers are in this range, because no real limit is so high. */
const MARKERS_FROM = 2 ** 46;
const MARKERS_UNTIL = 2 ** 47;

const LIMIT = /^Max file locks +(\d+)/m;

let prlimit: string | null | undefined;

/** A new random marker; undefined when this machine has no program `prlimit` that can set it. */
export function newMarker(): string | undefined {
  prlimit ??= findPrlimit() ?? null;
  return prlimit === null ? undefined : String(randomInt(MARKERS_FROM, MARKERS_UNTIL));
}

/**
 * The command line that starts the same program with the marker. For a program that cannot be found it is unchanged, so that starting it
 * fails with the error of the operating system.
 */
export function withMarker(line: CommandLine, marker: string | undefined, place: CommandPlace): CommandLine {
  if (marker === undefined || typeof prlimit !== 'string' || findProgram(line.command, place) === undefined)
    return line;
  return { command: prlimit, arguments: [`--locks=${marker}:`, '--', line.command, ...line.arguments] };
}

/** The marker of a process; undefined when it has none, has ended or cannot be read. */
export function markerOf(pid: number): string | undefined {
  try {
    return LIMIT.exec(readFileSync(`/proc/${pid}/limits`, 'latin1'))?.[1];
  } catch {
    return undefined;
  }
}

function findPrlimit(): string | undefined {
  if (process.platform !== 'linux') return undefined;
  const program = findProgram('prlimit', { path: process.env['PATH'] ?? '', directory: '/' });
  if (program === undefined) return undefined;
  try {
    // With a lower hard limit, or another kind of prlimit, no process would start.
    execFileSync(program, [`--locks=${MARKERS_UNTIL}:`, '--', process.execPath, '--version'], { stdio: 'ignore' });
    return program;
  } catch {
    return undefined;
  }
}

function findProgram(command: string, { path, directory }: CommandPlace): string | undefined {
  const candidates = command.includes('/')
    ? [resolve(directory, command)]
    : path.split(delimiter).map((folder) => join(resolve(directory, folder), command));
  return candidates.find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
