// Cuts a stream of bytes, which comes in chunks of any size, into lines.

/** A longer line is no line of HTTP. */
const LINE_BYTES_MAX = 65_536;

/** Collects the bytes of one line at a time. */
export class LineReader {
  #parts: Buffer[] = [];
  #length = 0;

  /** The bytes of the incomplete line so far. */
  get unfinished(): string {
    return Buffer.concat(this.#parts).toString('latin1');
  }

  /** Reads bytes up to the end of the line. `line` is undefined until the line is complete; `rest` are the bytes behind it. */
  take(chunk: Buffer): { line: string | undefined; rest: Buffer; tooLong: boolean } {
    const end = chunk.indexOf(0x0a);
    const taken = end === -1 ? chunk : chunk.subarray(0, end);
    const rest = end === -1 ? chunk.subarray(chunk.length) : chunk.subarray(end + 1);
    this.#parts.push(taken);
    this.#length += taken.length;
    if (this.#length > LINE_BYTES_MAX) return { line: undefined, rest, tooLong: true };
    if (end === -1) return { line: undefined, rest, tooLong: false };
    const line = this.unfinished;
    this.#parts = [];
    this.#length = 0;
    return { line: line.endsWith('\r') ? line.slice(0, -1) : line, rest, tooLong: false };
  }
}
