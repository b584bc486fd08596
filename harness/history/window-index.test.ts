import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { WindowIndex } from './window-index.ts';
import type { Window } from './window.ts';
import { mayOverlap, surelyCovers } from './windows.ts';

const width = fc.integer({ min: 0, max: 9 });
const window: fc.Arbitrary<Window> = fc
  .tuple(fc.integer({ min: 0, max: 30 }), width, fc.oneof(width, fc.constant(Infinity)), width)
  .map(([fromEarliest, from, lasts, until]) => {
    const fromLatest = fromEarliest + from;
    const untilEarliest = fromLatest + lasts;
    return { fromEarliest, fromLatest, untilEarliest, untilLatest: untilEarliest + until, witnesses: [] };
  });

test('an index of windows gives the same answers as a look at each window', () => {
  fc.assert(
    fc.property(
      fc.array(window, { maxLength: 12 }),
      fc.integer({ min: 0, max: 40 }),
      width,
      (windows, earliest, lasts) => {
        const [index, span] = [new WindowIndex(windows), { earliest, latest: earliest + lasts }];
        expect(index.someMayOverlap(span)).toBe(windows.some((each) => mayOverlap(each, span)));
        expect(index.someSurelyCovers(span)).toBe(windows.some((each) => surelyCovers(each, span)));
      },
    ),
  );
});
