import { expect, test } from 'vitest';
import { isIsolated, isolationWays } from './isolation.ts';

test('a command inside an isolation is recognised by its variable', () => {
  expect(isIsolated({ ONESEND_ISOLATED: '1' })).toBe(true);
  expect(isIsolated({})).toBe(false);
});

test('isolation tries root without a user namespace first, keeps the id of any other user, and prefers a pid namespace', () => {
  const words = (uid: number) => isolationWays({ uid, gid: 7 }).map(({ unshare, prefix }) => [...unshare, ...prefix]);
  expect(words(5)).toEqual([
    expect.arrayContaining(['--user', '--net', '--pid', '--map-user=5', '--map-group=7']),
    ['--user', '--map-root-user', '--net', 'unshare', '--user', '--map-user=5', '--map-group=7'],
  ]);
  expect(words(0)).toEqual([
    ['--net', '--pid', '--fork', '--kill-child', '--mount-proc'],
    ['--net'],
    expect.arrayContaining(['--user', '--pid', '--map-user=65534']),
    expect.arrayContaining(['--user', '--map-user=65534']),
  ]);
});
