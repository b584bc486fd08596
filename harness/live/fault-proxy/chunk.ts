// The bytes that pass through a pipeline, and the two interfaces of a part of a pipeline to its neighbours.

/** The largest size of a chunk. It is the size in Toxiproxy, so that toxics that act per chunk have the same effect. */
export const CHUNK_BYTES_MAX = 32 * 1024;

/** Bytes of one read from a socket. */
export interface Chunk {
  readonly data: Buffer;
  /** A time of `nowMs`. The latency toxic adds its delay to it. */
  receivedAtMs: number;
}

/** A part that receives chunks. */
export interface Receiver {
  /** The part to wake when there is room; undefined only while a pipeline is being built. */
  previous: Sender | undefined;
  /** Whether it has room for a chunk. Only an interrupted stage may send a chunk without room. */
  hasRoom(): boolean;
  /** Adds a chunk behind the chunks that it has. */
  accept(chunk: Chunk): void;
  /** Announces that no chunk will follow. It still passes on the chunks that it has. */
  end(): void;
}

/** A part that passes chunks on. */
export interface Sender {
  next: Receiver;
  /** Whether it has announced the end to `next`. */
  readonly closed: boolean;
  /** Called when something has changed, such as room in `next`: passes on as much as possible. */
  drive(): void;
}
