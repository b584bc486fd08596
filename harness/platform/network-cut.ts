// Whether the network of this process leads anywhere but to itself.
import { networkInterfaces } from 'node:os';

/** Whether no interface but loopback has an address. */
export function isNetworkCut(interfaces = networkInterfaces()): boolean {
  return Object.values(interfaces).every((addresses = []) => addresses.every(({ internal }) => internal));
}
