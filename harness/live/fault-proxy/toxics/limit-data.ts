// limit_data: passes exactly `bytes` bytes on each connection, counted from when the toxic was added, and then closes it.
import { type Behaviour, send, take } from '../behaviour.ts';
import { defineToxic, type StageMemory } from '../toxic-kind.ts';

function* limit({ bytes }: { bytes: number }, memory: StageMemory): Behaviour {
  for (;;) {
    const next = yield* take();
    if (typeof next === 'string') return next;
    const remaining = Math.max(0, bytes - memory.passedBytes);
    const data = next.data.subarray(0, remaining);
    if (data.length > 0) {
      memory.passedBytes += data.length;
      yield* send({ ...next, data });
    }
    if (memory.passedBytes >= bytes) return 'end';
  }
}

/** Closes a connection after an exact number of bytes. */
export const limitData = defineToxic({ attributes: ['bytes'], run: limit });
