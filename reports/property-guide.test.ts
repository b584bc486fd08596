import { expect, test } from 'vitest';
import { PROPERTY_IDS } from '../harness/formats/finding.ts';
import { PROPERTY_GUIDE } from './property-guide.ts';

test('the guide says of every property in whole sentences what it demands and where to look', () => {
  expect(Object.keys(PROPERTY_GUIDE)).toEqual(PROPERTY_IDS);
  const texts = Object.values(PROPERTY_GUIDE).flatMap(({ demand, look }) => [demand, look]);
  expect(texts.filter((text) => !/^\S.*[.?]$/u.test(text))).toEqual([]);
  expect(new Set(texts).size).toBe(texts.length);
});
