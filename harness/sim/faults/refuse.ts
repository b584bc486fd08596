// refuse on the simulated lane: no connection is taken, and those that stand are ended.
import type { FaultOf } from '../../faults/catalogue.ts';
import { onTheLink } from './link-fault.ts';

/** Refuses connections. */
export const refuse = onTheLink<FaultOf<'refuse'>>(() => ({ isRefusing: true, treat: () => undefined }));
