// Reads request bodies within limits, so that large ones, or many, cannot exhaust the memory.
import type { IncomingMessage } from 'node:http';
import { ApiError } from './api-error.ts';

const BODY_BYTES_MAX = 64 * 1024 * 1024;
const ALL_BODIES_BYTES_MAX = 256 * 1024 * 1024;

/** Reads bodies; one reader serves a whole server and watches what they hold together. */
export class BodyReader {
  #heldBytes = 0;

  /** The whole body as text. Refuses with 413 what is too large, and throws when the caller goes away. */
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
