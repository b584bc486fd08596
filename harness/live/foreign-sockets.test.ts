import { expect, test } from 'vitest';
import { remotesIn } from './foreign-sockets.ts';

const HEAD = '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode';
const line = (remote: string, inode: number): string =>
  `   0: 0100007F:1F90 ${remote} 01 00000000:00000000 00:00000000 00000000     0        0 ${inode} 1 0 100 0 0 10 0`;

test.each([
  ['no remote end', '00000000:0000', []],
  ['loopback', '0100007F:1F90', []],
  ['loopback of IPv6', '00000000000000000000000001000000:1F90', []],
  ['loopback within IPv6', '0000000000000000FFFF00000100007F:1F90', []],
  ['another machine', '04030201:01BB', ['1.2.3.4:443']],
  ['another machine within IPv6', '0000000000000000FFFF000004030201:01BB', ['1.2.3.4:443']],
  ['another machine of IPv6', 'B80D0120000000000000000001000000:01BB', ['2001:0db8:0000:0000:0000:0000:0000:0001:443']],
])('the foreign address of a socket is shown unless it is local: %s', (_what, remote, addresses) => {
  expect(remotesIn([HEAD, line(remote, 7)].join('\n'), new Set(['7']))).toEqual(addresses);
});

test('the socket of another process is ignored', () => {
  expect(remotesIn([HEAD, line('04030201:01BB', 8)].join('\n'), new Set(['7']))).toEqual([]);
});
