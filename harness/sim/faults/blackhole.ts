// blackhole on the simulated lane: messages of the stream are lost, and their connection stays open until the fault is healed.
import type { FaultOf } from '../../faults/catalogue.ts';
import { onStream } from './link-fault.ts';

/** Loses all messages of one stream. */
export const blackhole = onStream<FaultOf<'blackhole'>>(() => () => ({ kind: 'lost' }));
