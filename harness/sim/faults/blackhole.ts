// blackhole on the simulated lane: messages of the stream vanish, and their connection stands until the fault is healed.
import type { FaultOf } from '../../faults/catalogue.ts';
import { onStream } from './link-fault.ts';

/** Swallows messages. */
export const blackhole = onStream<FaultOf<'blackhole'>>(() => () => ({ kind: 'lost' }));
