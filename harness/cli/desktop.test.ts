import { expect, test } from 'vitest';
import { openerOn } from './desktop.ts';

const stdout = { isTTY: true };
const linux = { platform: 'linux', stdout, env: { DISPLAY: ':0' } } as const;

test.each([
  ['linux', ['xdg-open']],
  ['darwin', ['open']],
  ['win32', ['cmd', '/c', 'start', '']],
] as const)('a page is opened with the program of %s', (platform, opener) => {
  expect(openerOn({ ...linux, platform })).toEqual(opener);
});

test('no page is opened in CI, without a terminal, or without a screen', () => {
  expect(openerOn({ ...linux, env: { ...linux.env, CI: 'true' } })).toBeUndefined();
  expect(openerOn({ ...linux, stdout: {} })).toBeUndefined();
  expect(openerOn({ ...linux, env: { DISPLAY: '' } })).toBeUndefined();
  expect(openerOn({ ...linux, env: { WAYLAND_DISPLAY: 'wayland-0', CI: 'false' } })).toEqual(['xdg-open']);
});
