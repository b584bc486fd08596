// Reads request bodies within limits, so that large bodies, or many of them, cannot exhaust the memory.
import type { IncomingMessage } from 'node:http';
import { ApiError } from './api-error.ts';

const BODY_BYTES_MAX = 64 * 1024 * 1024;
const ALL_BODIES_BYTES_MAX = 256 * 1024 * 1024;

/** Reads the bodies of a server, and limits the memory that all of them use together. */
export class BodyReader {
  #heldBytes = 0;

  /** The whole body as text. Throws an ApiError with 413 if it is too large, and another error if the client closes the connection. */
  async read(request: IncomingMessage): Promise<string> {
    const parts: Buffer[] = [];
    let bytes = 0;
    try {
      for await (const part of request as AsyncIterable<Buffer>) {
        parts.push(part);
        bytes += part.length;
        this.#heldBytes += part.length;
        if (bytes > BODY_BYTES_MAX || this.#heldBytes > ALL_BODIES_BYTES_MAX) {
          throw new ApiError(413, `request body too large: expected at most ${String(BODY_BYTES_MAX)} bytes`);
        }
      }
      return Buffer.concat(parts).toString();
    } finally {
      this.#heldBytes -= bytes;
    }
  }
}
