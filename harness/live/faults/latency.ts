// latency on the live lane: Toxiproxy's latency toxic.
import type { FaultOf } from '../../faults/catalogue.ts';
import { byToxic } from './toxic.ts';

/** Delays the data of the fault's stream by `latencyMs`, plus or minus up to `jitterMs`. */
export const latency = byToxic<FaultOf<'latency'>>(({ latencyMs, jitterMs }) => ({
  type: 'latency',
  attributes: { latency: latencyMs, jitter: jitterMs },
}));
