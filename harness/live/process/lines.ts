// Splits a stream of bytes into lines of text. A chunk can end in the middle of a line or of a character.
import type { Readable } from 'node:stream';

/** A program that never ends its line must not fill the rig's memory. A longer line is passed on in pieces of this size. */
const lineLengthMax = 1 << 20;

/** Calls `onLine` for each line of `stream`, without its line end, and for a last line that has none. */
export function readLines(stream: Readable, onLine: (line: string) => void): void {
  let rest = '';
  const emit = (line: string): void => onLine(line.endsWith('\r') ? line.slice(0, -1) : line);
  // With an encoding set, Node holds back the bytes of an incomplete character.
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) emit(line);
    for (; rest.length >= lineLengthMax; rest = rest.slice(lineLengthMax)) emit(rest.slice(0, lineLengthMax));
  });
  stream.on('end', () => {
    if (rest !== '') emit(rest);
    rest = '';
  });
  // A stream that breaks ends with its process, which is reported elsewhere.
  stream.on('error', () => {});
}
