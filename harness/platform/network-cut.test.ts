import type { NetworkInterfaceInfo } from 'node:os';
import { expect, test } from 'vitest';
import { isNetworkCut } from './network-cut.ts';

const address = (internal: boolean) => ({ internal }) as NetworkInterfaceInfo;

test('a network counts as cut where only loopback has an address', () => {
  expect(isNetworkCut({ lo: [address(true), address(true)] })).toBe(true);
  expect(isNetworkCut({})).toBe(true);
  expect(isNetworkCut({ lo: [address(true)], eth0: [address(false)] })).toBe(false);
});
