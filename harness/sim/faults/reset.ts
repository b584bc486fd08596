// reset on the simulated lane: a message of the stream is lost, and its connection is reset one hop later.
import type { FaultOf } from '../../faults/catalogue.ts';
import { onStream } from './link-fault.ts';

/** Resets the connection of each message of one stream. */
export const reset = onStream<FaultOf<'reset'>>(() => () => ({ kind: 'reset' }));
