// The outlet of a pipeline: writes to a socket, wakes the chain when the socket has drained, and closes the socket after the last byte.
import type { Socket } from 'node:net';
import type { Chunk, Receiver, Sender } from './chunk.ts';

/** Writes the data of a pipeline to `destination`; `close` closes it after the last byte. */
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

  /** Begins to wake the chain when the socket has room. */
  open(): void {
    this.#destination.on('drain', () => this.previous?.drive());
  }

  /** Writes even if there is no room; returns whether there is room for more. */
  write(data: Buffer): boolean {
    // Bytes for a closed socket are lost, as they would be on the network. The chain stalls until its source is closed too.
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
