import { describe, expect, test } from 'vitest';
import { bodyDigestOf } from './body-digest.ts';
import { ItemFinder } from './item-finder.ts';

const alone = { item: 'a#1', recipient: '+1', body: 'one' };
const second = { item: 'a#2', recipient: '+2', body: 'two' };
const third = { item: 'a#3', recipient: '+2', body: 'three' };
const fourth = { item: 'a#4', recipient: '+2', body: 'four' };
const finder = new ItemFinder([alone, second, third, fourth]);

describe('the item of a message', () => {
  test('the item of a message is found by its recipient alone where no other item has that recipient', () => {
    expect(finder.find('+1', 'one')).toBe(alone);
    expect(finder.find('+1', 'two')).toBe(alone);
    expect(finder.findByDigest('+1', '')).toBe(alone);
  });

  test('the item of a message is found by recipient and body where several items share the number', () => {
    expect(['two', 'three', 'four'].map((body) => finder.find('+2', body))).toEqual([second, third, fourth]);
    expect(['two', 'three', 'four'].map((body) => finder.findByDigest('+2', bodyDigestOf(body)))).toEqual([
      second,
      third,
      fourth,
    ]);
  });

  test('the item of a message is unknown for an unknown recipient, and for an unknown body at a shared number', () => {
    expect(finder.find('+3', 'one')).toBeUndefined();
    expect(finder.find('+2', 'one')).toBeUndefined();
  });
});
