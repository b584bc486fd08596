// blackhole on the live lane: Toxiproxy's timeout toxic. With a timeout of 0 it drops all data and never closes the connection.
import type { FaultOf } from '../../faults/catalogue.ts';
import { byToxic } from './toxic.ts';

/** Drops all data of the fault's stream. */
export const blackhole = byToxic<FaultOf<'blackhole'>>(() => ({ type: 'timeout', attributes: { timeout: 0 } }));
