// How either system sends: what follows a granted claim. A step whose end is not known stops the sender, and never makes it send.
import type { Life, Machine } from './machine.ts';
import type { Delivered } from './tables.ts';

/** A granted claim. */
export interface Grant {
  readonly token: number;
  readonly epoch: number;
}

/** What a sender gets: how its one call ended, or nothing when it did not call. */
export type Ended = (delivered: Delivered | undefined) => void;

/** Credentials, begin-send, one call to the provider. */
export function sendGranted(machine: Machine, from: { life: Life; grant: Grant }, ended: Ended): void {
  const { life, grant } = from;
  const { tables } = machine;
  // Credentials are read before the point of no return, and once only.
  machine.transact(life, { statements: 1, carryOut: () => true }, (credentials) => {
    if (credentials === undefined) return ended(undefined);
    const begin = { statements: 1, carryOut: () => tables.beginSend(grant.token, grant.epoch) };
    machine.askTwice(life, begin, (begun) => {
      if (begun?.value === true) machine.callProvider(life, ended);
      else ended(undefined);
    });
  });
}
