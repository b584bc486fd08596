// latency on the live lane: Toxiproxy's toxic of that name.
import type { FaultOf } from '../../faults/catalogue.ts';
import { byToxic } from './toxic.ts';

/** Delays data. */
export const latency = byToxic<FaultOf<'latency'>>(({ latencyMs, jitterMs }) => ({
  type: 'latency',
  attributes: { latency: latencyMs, jitter: jitterMs },
}));
