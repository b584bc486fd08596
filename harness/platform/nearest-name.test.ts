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

test('no name is suggested for one that resembles none', () => {
  expect(nearestName('postgres', systems)).toBeUndefined();
  expect(nearestName('x', [])).toBeUndefined();
  expect(nearestName('9', ['0', '1'])).toBeUndefined();
});

test('a suggestion gives the nearest name, or all of them', () => {
  expect(suggestion('embeded', ['embedded', 'external'])).toBe("did you mean 'embedded'?");
  expect(suggestion('zzz', ['embedded', 'external'])).toBe('expected embedded, external');
});
