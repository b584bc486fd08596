// refuse on the simulated lane: new connections are refused, and the open ones end.
import type { FaultOf } from '../../faults/catalogue.ts';
import { onTheLink } from './link-fault.ts';

/** Refuses connections between the two systems; it has nothing to do with single messages. */
export const refuse = onTheLink<FaultOf<'refuse'>>(() => ({ isRefusing: true, treat: () => undefined }));
