// The files that a process logs to in addition to its output. Their earlier content belongs to another run, and is left out.
import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs';

const LINES_MAX = 10;

/** How much of the end of a file is read: enough for the last lines, even with a stack trace. */
const BYTES_MAX = 64 * 1024;

/** Log files, whose content counts from the construction of this object on. */
export class LogFiles {
  /** The size of each file at construction. */
  readonly #sizes: ReadonlyMap<string, number>;

  constructor(paths: readonly string[]) {
    this.#sizes = new Map(paths.map((path) => [path, statSync(path, { throwIfNoEntry: false })?.size ?? 0]));
  }

  /** The last lines of each file, a line each, under its path. */
  lastLines(): string[] {
    return [...this.#sizes].flatMap(([path, sizeBefore]) => {
      const text = textAfter(path, sizeBefore);
      if (text === undefined) return [`${path} is not there`];
      if (text.trim() === '') return [`nothing was logged into ${path}`];
      return [
        `last lines of ${path}:`,
        ...text
          .trimEnd()
          .split('\n')
          .slice(-LINES_MAX)
          .map((line) => `  ${line}`),
      ];
    });
  }
}

/** The end of what was written after `sizeBefore`, or of the whole file if it was truncated; undefined when it cannot be read. */
function textAfter(path: string, sizeBefore: number): string | undefined {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch {
    return undefined;
  }
  try {
    const { size } = fstatSync(file);
    const from = Math.max(size < sizeBefore ? 0 : sizeBefore, size - BYTES_MAX);
    const bytes = Buffer.alloc(size - from);
    return bytes.toString('utf8', 0, readSync(file, bytes, 0, bytes.length, from));
  } catch {
    return undefined;
  } finally {
    closeSync(file);
  }
}
