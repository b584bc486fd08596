// reset on the live lane: Toxiproxy's reset_peer toxic, which acts when data flows.
import type { FaultOf } from '../../faults/catalogue.ts';
import { byToxic } from './toxic.ts';

/** Resets connections. */
export const reset = byToxic<FaultOf<'reset'>>(() => ({ type: 'reset_peer', attributes: { timeout: 0 } }));
