// cut on the live lane: Toxiproxy's limit_data toxic.
import type { FaultOf } from '../../faults/catalogue.ts';
import { byToxic } from './toxic.ts';

/** Closes a connection after `bytes` bytes of the fault's stream. */
export const cut = byToxic<FaultOf<'cut'>>(({ bytes }) => ({ type: 'limit_data', attributes: { bytes } }));
