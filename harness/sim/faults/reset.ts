// reset on the simulated lane: a message of the stream meets the end of its connection.
import type { FaultOf } from '../../faults/catalogue.ts';
import { onStream } from './link-fault.ts';

/** Resets connections. */
export const reset = onStream<FaultOf<'reset'>>(() => () => ({ kind: 'reset' }));
