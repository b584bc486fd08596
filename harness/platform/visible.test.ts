import { expect, test } from 'vitest';
import { visible } from './visible.ts';

test('a character that reorders text is shown as its escape', () => {
  expect(visible('a\u202Eb\u2066c')).toBe(String.raw`a\u202eb\u2066c`);
});

test('JSON with visible characters parses to the same value', () => {
  const value = { name: 'a\u202Eb' };
  expect(JSON.parse(visible(JSON.stringify(value)))).toEqual(value);
});

test('letters, accents, colours and line breaks of a text stay as they are', () => {
  const text = '\u001B[1mGrüße\u001B[22m\n';
  expect(visible(text)).toBe(text);
});
