// cut on the simulated lane: the connection ends after the first `bytes` of a message of the stream; a shorter message passes.
import type { FaultOf } from '../../faults/catalogue.ts';
import { onStream } from './link-fault.ts';

/** Cuts the messages of one stream that are longer than `bytes`. */
export const cut = onStream<FaultOf<'cut'>>(
  ({ fault: { bytes } }) =>
    (_stream, message) =>
      message.size() > bytes ? { kind: 'cut', bytes } : undefined,
);
