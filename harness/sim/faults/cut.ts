// cut on the simulated lane: a message of the stream that is longer than so many bytes ends after them, with its connection.
import type { FaultOf } from '../../faults/catalogue.ts';
import { onStream } from './link-fault.ts';

/** Cuts messages. */
export const cut = onStream<FaultOf<'cut'>>(
  ({ fault: { bytes } }) =>
    (_stream, message) =>
      message.size() > bytes ? { kind: 'cut', bytes } : undefined,
);
