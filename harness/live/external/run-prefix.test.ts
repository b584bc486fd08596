import { expect, test } from 'vitest';
import { newRunPrefix, runPrefixOf } from './run-prefix.ts';

test('a prefix is read back from any name that begins with it', () => {
  const nowMs = Date.UTC(2026, 1, 3, 4, 5, 6, 789);
  const prefix = newRunPrefix(nowMs);
  expect(runPrefixOf(`${prefix.text}slot_1`)).toEqual(prefix);
  expect(prefix.startedAtMs).toBe(Date.UTC(2026, 1, 3, 4, 5, 6));
});

test('two runs that begin in the same second have different prefixes', () => {
  const many = new Set(Array.from({ length: 100 }, () => newRunPrefix(0).text));
  expect(many.size).toBe(100);
});

test('the key of a lock is a whole number that PostgreSQL reads as positive', () => {
  const keys = Array.from({ length: 100 }, () => newRunPrefix(0).lockKey);
  expect(keys.filter((key) => !Number.isInteger(key) || key < 0 || key >= 2 ** 31)).toEqual([]);
});

test.for(['onesend', 'onesend_template', 'onesend_slot_1', 'onesend_x_12345_slot', 'my_onesend_t_00000000_slot', ''])(
  'the name %j belongs to no run',
  (name) => {
    expect(runPrefixOf(name)).toBeUndefined();
  },
);
