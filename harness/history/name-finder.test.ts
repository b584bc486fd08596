import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NameFinder } from './name-finder.ts';

describe('a search for names in a text', () => {
  test('a search for names in a text works with more names than the text has characters, and with fewer', () => {
    const name = fc.string({ unit: fc.constantFrom('a', 'b', '1'), minLength: 1, maxLength: 4 });
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '1', ' '), maxLength: 12 });
    fc.assert(
      fc.property(fc.array(name, { maxLength: 24 }), text, (names, where) => {
        const contained = [...new Set(names)].filter((each) => where.includes(each));
        expect(new NameFinder(names).namesIn(where)).toEqual(contained);
      }),
      { numRuns: 500 },
    );
  });

  test('a search for names in a text returns them in the order in which they were given', () => {
    const many = Array.from({ length: 100 }, (_, index) => `other-${index}`);
    expect(new NameFinder(['u2', 'u12', ...many, 'u1']).namesIn('of u12 and u2')).toEqual(['u2', 'u12', 'u1']);
  });
});
