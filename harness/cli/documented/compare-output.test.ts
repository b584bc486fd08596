// Which outputs are equal to what a page shows, and which are not.
import { describe, expect, test } from 'vitest';
import { differenceOf, type Likeness } from './compare-output.fixture.ts';

function difference(shown: string, printed: string, likeness: Likeness = 'exact'): string | undefined {
  return differenceOf(shown.split('\n'), printed.split('\n'), likeness);
}

const TWICE = [
  '    ms legacy app   service     provider',
  '    106   o ON entry   |            |',
  '>   121   |            |-- send --->* SENT',
  '>   620   |---- fallback send ----->* SENT AGAIN',
  'S1-0a1b2c3d: accepted twice: by the service (SMs0b35fba87ef4cd6acf59d2333be6099)',
].join('\n');

describe('exact output', () => {
  test.each([
    ['a\nb', 'a\nb'],
    ['a\n...', 'a\nb\nc'],
    ['...\nc', 'a\nb\nc'],
    ['a\n...\nc', 'a\nc'],
    ['n ... m', 'n (1) m'],
    ['n ... m', 'n m'],
  ])('%j on a page matches the output %j', (shown, printed) => {
    expect(difference(shown, printed)).toBeUndefined();
  });

  test.each([
    ['a\nc', 'a\nb\nc'],
    ['a', 'a\nb'],
    ['a\nb', 'a'],
    ['b\na', 'a\nb'],
    ['a.c', 'abc'],
    ['took 3 ms', 'took 4 ms'],
  ])('%j on a page does not match the output %j', (shown, printed) => {
    expect(difference(shown, printed)).toBeDefined();
  });
});

describe('output of real processes', () => {
  const later = TWICE.replace('106', '98').replace('121', '1121').replace('0a1b2c3d', 'ffff').replace('0b35', 'ffff');

  test('output of real processes may differ in times and ids', () => {
    expect(difference(TWICE, later, 'live')).toBeUndefined();
    expect(difference('in 72.1 s, seed 7', 'in 1,072 s, seed 20261125', 'live')).toBeUndefined();
  });

  test('output of real processes may not differ in what happened', () => {
    expect(difference(TWICE, later.replace('SENT AGAIN', 'SENT'), 'live')).toMatch(/SENT AGAIN/);
    expect(difference('2 of 3 scenarios', '1 of 3 scenarios', 'live')).toBeDefined();
  });
});

describe('the finding of a search', () => {
  const other = TWICE.replace('|            |-- send --->* SENT', '|-- fallback --------->* SENT')
    .replace('by the service', 'by the legacy app')
    .replace('    106   o ON entry   |            |\n', '');

  test('the finding of a search may be another case of the same violation', () => {
    expect(difference(TWICE, other, 'live')).toBeDefined();
    expect(difference(TWICE, other, 'found')).toBeUndefined();
  });

  test('the finding of a search may not be another violation', () => {
    expect(difference(TWICE, other.replace('SENT AGAIN', 'refused'), 'found')).toMatch(
      /^shown: drawing: SENT; SENT AGAIN;/,
    );
    expect(difference(TWICE, other.replace('S1-', 'S2-'), 'found')).toBeDefined();
  });
});
