// The inlet of a pipeline: reads a socket, marks each chunk with its time, and stops reading while the pipeline is full.
import type { Socket } from 'node:net';
import { CHUNK_BYTES_MAX, type Chunk, type Receiver, type Sender } from './chunk.ts';
import { Outlet } from './outlet.ts';
import { nowMs } from './timer.ts';

/** Reads from `source` and passes chunks to the first part of a pipeline. */
export class Inlet implements Sender {
  next: Receiver;
  receivedBytes = 0;
  readonly #source: Socket;
  readonly #backlog: Chunk[] = [];
  #paused = false;
  #ended = false;
  #closed = false;

  constructor(source: Socket, next: Receiver) {
    this.#source = source;
    this.next = next;
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Begins to read. The source was paused until both sides were connected. */
  open(): void {
    this.#source.on('data', (data: Buffer) => this.#read(data));
    this.#source.on('end', () => this.end());
    this.#source.resume();
  }

  /** No more data will come from the source: it ended, broke or was closed by the link. */
  end(): void {
    this.#ended = true;
    this.drive();
  }

  drive(): void {
    while (this.#backlog.length > 0 && this.next.hasRoom()) {
      const chunk = this.#backlog.shift();
      if (chunk !== undefined) this.next.accept(chunk);
    }
    if (this.#backlog.length > 0 || this.#closed) return;
    if (this.#ended) {
      this.#closed = true;
      this.next.end();
    } else if (this.#paused && this.next.hasRoom()) {
      this.#paused = false;
      this.#source.resume();
    }
  }

  #read(data: Buffer): void {
    this.receivedBytes += data.length;
    // Without toxics a link is a plain relay: no times, no splitting, no queue. The backlog is empty here, because the source is paused
    // while there is one.
    if (this.next instanceof Outlet) {
      if (!this.next.write(data)) this.#pause();
      return;
    }
    const receivedAtMs = nowMs();
    for (let start = 0; start < data.length; start += CHUNK_BYTES_MAX) {
      this.#backlog.push({ data: data.subarray(start, start + CHUNK_BYTES_MAX), receivedAtMs });
    }
    this.drive();
    if (this.#backlog.length > 0) this.#pause();
  }

  #pause(): void {
    this.#paused = true;
    this.#source.pause();
  }
}
