import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SpanIndex } from './span-index.ts';
import type { Span } from './window.ts';

const span: fc.Arbitrary<Span> = fc
  .tuple(fc.integer({ min: 0, max: 30 }), fc.oneof(fc.integer({ min: 0, max: 9 }), fc.constant(Infinity)))
  .map(([earliest, lasts]) => ({ earliest, latest: earliest + lasts }));
const spans = fc.array(span, { maxLength: 20 });

describe('an index of spans', () => {
  test('an index of spans finds the spans that touch another one, in the order in which they were given', () => {
    fc.assert(
      fc.property(spans, span, (given, sought) => {
        const touching = given.filter(({ earliest, latest }) => earliest <= sought.latest && sought.earliest <= latest);
        expect(new SpanIndex(given, (value) => value).touching(sought)).toEqual(touching);
      }),
    );
  });

  test('an index of spans knows the latest end of the spans that have begun', () => {
    fc.assert(
      fc.property(spans, fc.integer({ min: -1, max: 31 }), (given, micros) => {
        const ends = given.filter(({ earliest }) => earliest <= micros).map(({ latest }) => latest);
        expect(new SpanIndex(given, (value) => value).reach(micros)).toBe(Math.max(...ends));
      }),
    );
  });
});
