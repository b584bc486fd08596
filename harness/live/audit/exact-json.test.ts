import { expect, test } from 'vitest';
import { parseExactly } from './exact-json.ts';

test.each([
  ['{"id": 9007199254740993}', { id: '9007199254740993' }],
  ['{"id": -9223372036854775808}', { id: '-9223372036854775808' }],
  ['{"id": 9007199254740991, "price": 10.50}', { id: 9_007_199_254_740_991, price: 10.5 }],
  ['{"share": 0.12345678901234567890}', { share: 0.123_456_789_012_345_68 }],
  [
    String.raw`{"note": "say \"9007199254740993\"", "id": 9007199254740993}`,
    { note: 'say "9007199254740993"', id: '9007199254740993' },
  ],
  ['{"id": [9007199254740993, 1]}', { id: ['9007199254740993', 1] }],
])('the JSON %s keeps all digits of its integers', (text, value) => {
  expect(parseExactly(text)).toEqual(value);
});
