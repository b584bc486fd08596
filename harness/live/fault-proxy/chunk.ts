// The bytes that travel through a pipeline, and the two faces a part of a pipeline shows to its neighbours.

/** No chunk is larger, so that toxics counting per chunk work in the same grain as the original. */
export const CHUNK_BYTES_MAX = 32 * 1024;

/** Bytes as one read delivered them. `receivedAtMs` is on the clock of `nowMs`; the latency toxic moves it on. */
export interface Chunk {
  readonly data: Buffer;
  receivedAtMs: number;
}

/** The side of a part that takes chunks in. */
export interface Receiver {
  /** The part to wake when room appears; absent only while a pipeline is being built. */
  previous: Sender | undefined;
  /** Whether a chunk is welcome. Only the release of an interrupted stage may go against it. */
  hasRoom(): boolean;
  /** Takes a chunk behind those it already has. */
  accept(chunk: Chunk): void;
  /** No chunk will follow; those taken before still count. */
  end(): void;
}

/** The side of a part that hands chunks on. */
export interface Sender {
  next: Receiver;
  /** Whether it has announced the end to `next`. */
  readonly closed: boolean;
  /** Something changed, perhaps room in `next`: go as far as possible. */
  drive(): void;
}
