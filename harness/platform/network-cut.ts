// Whether this process has no network beyond loopback.
import { networkInterfaces } from 'node:os';

/** True when only loopback has addresses. */
export function isNetworkCut(interfaces = networkInterfaces()): boolean {
  return Object.values(interfaces).every((addresses = []) => addresses.every(({ internal }) => internal));
}
