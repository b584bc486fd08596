// How both systems send after a granted claim. If the end of a step is unknown, the sender stops without sending.
import type { Life, Machine } from './machine.ts';
import type { Delivered } from './tables.ts';

/** A granted claim. */
export interface Grant {
  readonly token: number;
  readonly epoch: number;
}

/** Called with the outcome of the sender's one call, or undefined when it did not call. */
export type Ended = (delivered: Delivered | undefined) => void;

/** Reads credentials, begins the send, and makes one call to the provider. */
export function sendGranted(machine: Machine, from: { life: Life; grant: Grant }, ended: Ended): void {
  const { life, grant } = from;
  const { tables } = machine;
  // Credentials are read before begin-send, without a retry.
  machine.transact(life, { statements: 1, carryOut: () => true }, (credentials) => {
    if (credentials === undefined) return ended(undefined);
    const begin = { statements: 1, carryOut: () => tables.beginSend(grant.token, grant.epoch) };
    machine.askTwice(life, begin, (begun) => {
      if (begun?.value === true) machine.callProvider(life, ended);
      else ended(undefined);
    });
  });
}
