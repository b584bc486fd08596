import { expect, test } from 'vitest';
import { nearestName, suggestion } from './nearest-name.ts';

const systems = ['reference', 'as-written'];

test.each([
  ['refrence', 'reference'],
  ['Reference', 'reference'],
  ['as-writen', 'as-written'],
  ['aswritten', 'as-written'],
])('%s means %s', (wanted, meant) => {
  expect(nearestName(wanted, systems)).toBe(meant);
});

test('nothing is suggested for a name that is like none', () => {
  expect(nearestName('postgres', systems)).toBeUndefined();
  expect(nearestName('x', [])).toBeUndefined();
});

test('a suggestion names the nearest, or everything', () => {
  expect(suggestion('embeded', ['embedded', 'external'])).toBe("did you mean 'embedded'?");
  expect(suggestion('zzz', ['embedded', 'external'])).toBe('expected embedded, external');
});
