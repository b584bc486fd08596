// The outlet of a pipeline: writes to a socket, wakes the chain when the socket has drained, and closes it after the last byte.
import type { Socket } from 'node:net';
import type { Chunk, Receiver, Sender } from './chunk.ts';

/** Writes what comes out of a pipeline to `destination`; `close` closes it after the last byte. */
export class Outlet implements Receiver {
  previous: Sender | undefined;
  sentBytes = 0;
  readonly #destination: Socket;
  readonly #close: () => void;
  #ended = false;

  constructor(destination: Socket, close: () => void) {
    this.#destination = destination;
    this.#close = close;
  }

  /** Begins to listen for room in the socket. */
  open(): void {
    this.#destination.on('drain', () => this.previous?.drive());
  }

  /** Writes without asking for room first, and says whether there is room for more. */
  write(data: Buffer): boolean {
    // Bytes for a socket that is gone are lost, as they would be on the wire; the chain stalls until its source is closed too.
    if (this.#ended || !this.#destination.writable) return false;
    this.sentBytes += data.length;
    return this.#destination.write(data);
  }

  hasRoom(): boolean {
    return !this.#ended && this.#destination.writable && !this.#destination.writableNeedDrain;
  }

  accept(chunk: Chunk): void {
    this.write(chunk.data);
  }

  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#close();
  }
}
