// cut on the live lane: Toxiproxy's limit_data.
import type { FaultOf } from '../../faults/catalogue.ts';
import { byToxic } from './toxic.ts';

/** Ends connections after so many bytes. */
export const cut = byToxic<FaultOf<'cut'>>(({ bytes }) => ({ type: 'limit_data', attributes: { bytes } }));
