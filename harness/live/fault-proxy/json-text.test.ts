// Tests that the JSON scanner accepts the same texts as JSON.parse, and stops where the first value ends.
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { elements, firstValue, members, stringValue } from './json-text.ts';

function accepts(parse: () => unknown): boolean {
  try {
    parse();
    return true;
  } catch {
    return false;
  }
}

describe('firstValue', () => {
  test('firstValue finds the end of any JSON text, before any other text', () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom('', ' ', ' {"more": 1}', '\n]'), (json, rest) => {
        const { text, start, end } = firstValue(`  ${json}${rest}`);
        expect(text.slice(start, end)).toBe(json);
      }),
    );
  });

  test('firstValue accepts the same texts as JSON.parse, if nothing follows the value', () => {
    const soup = fc.string({
      unit: fc.constantFrom(...'{}[]",:\\0123eE+-.tfn u\n'.split(''), 'true', 'null', '"a"', '{"a":'),
      maxLength: 12,
    });
    fc.assert(
      fc.property(soup, (text) => {
        const whole = accepts(() => {
          const { end } = firstValue(text);
          if (text.slice(end).trim() !== '') throw new Error('something follows');
        });
        expect(whole).toBe(accepts(() => JSON.parse(text) as unknown));
      }),
      { numRuns: 3000 },
    );
  });

  test.each([
    ['', 'EOF'],
    ['{"a"', 'unexpected EOF'],
    ['{"a" 1}', "invalid character '1' after object key"],
    ['{"a":1,}', "invalid character '}' looking for beginning of object key string"],
    ['[1 2]', "invalid character '2' after array element"],
    [String.raw`"\x"`, "invalid character 'x' in string escape code"],
    ["'a'", String.raw`invalid character '\'' looking for beginning of value`],
  ])('firstValue refuses %s with: %s', (text, message) => {
    expect(() => firstValue(text)).toThrow(new Error(message));
  });
});

describe('members and elements', () => {
  test('members and elements yield every part of an object and an array in order', () => {
    const slice = firstValue(' { "a" : [ 1 , "x" ] , "b\\u0041" : {} } ');
    const found = [...members(slice)].map(({ key, value }) => [key, value.text.slice(value.start, value.end)]);
    expect(found).toEqual([
      ['a', '[ 1 , "x" ]'],
      ['bA', '{}'],
    ]);
    const [first] = members(slice);
    const parts = first === undefined ? [] : [...elements(first.value)];
    expect(parts.map(({ text, start, end }) => text.slice(start, end))).toEqual(['1', '"x"']);
  });
});

describe('stringValue', () => {
  test('stringValue replaces half of a surrogate pair and keeps a whole pair', () => {
    expect(stringValue(firstValue(String.raw`"\ud800x\ud83d\ude00"`))).toBe('\ufffdx\u{1f600}');
  });
});
