// latency on the simulated lane: messages of the stream arrive later.
import type { FaultOf } from '../../faults/catalogue.ts';
import { onStream } from './link-fault.ts';

/** Delays messages by `latencyMs` and a random jitter, at most `jitterMs` in either direction. */
export const latency = onStream<FaultOf<'latency'>>(({ fault, index, world }) => (stream, { key, attempt }) => {
  const address = { site: `jitter/${index}/${stream}`, message: key, attempt };
  const jitterMs = fault.jitterMs === 0 ? 0 : (world.random.unit(address) * 2 - 1) * fault.jitterMs;
  return { kind: 'delay', micros: Math.max(0, Math.round((fault.latencyMs + jitterMs) * 1_000)) };
});
